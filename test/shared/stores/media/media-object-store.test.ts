import { GetObjectTaggingCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  type MediaObjectStore,
  mediaObjectStore,
} from '../../../../shared/stores/media/media-object-store.ts';
import { incomingKeys, objectKey, objectKeys } from '../../../../shared/stores/media/media-objects.ts';
import { mediaWorld } from '../../../support/media-world.ts';
import { messageWorld } from '../../../support/message-world.ts';
import { direct } from '../../../support/step.ts';
import { type StoreBucket, storeBucket } from '../../../support/store-bucket.ts';

let bucket: StoreBucket;
beforeAll(async () => {
  bucket = await storeBucket('media');
});
afterAll(async () => bucket?.close());

const Bucket = 'media';
const upload = { mediaId: 'two-parts', parts: 2 };
const key = { conversationId: 'd-1', mediaId: 'two-parts' };

type Subject = {
  readonly store: Pick<MediaObjectStore, 'readUpload' | 'truncateUpload' | 'deleteUpload' | 'put' | 'remove'>;
  /** As the sender's client does, and as whoever looks into the bucket sees it. */
  readonly upload: (key: string, text: string) => Promise<void>;
  readonly has: (key: string) => Promise<boolean>;
};

function engine(): Subject {
  const { s3 } = bucket;
  return {
    store: mediaObjectStore(s3, Bucket),
    upload: async (Key, text) => void (await s3.send(new PutObjectCommand({ Bucket, Key, Body: text }))),
    has: async (Key) =>
      s3.send(new HeadObjectCommand({ Bucket, Key })).then(
        () => true,
        () => false,
      ),
  };
}

function fake(): Subject {
  const world = mediaWorld(messageWorld());
  return {
    store: world.deps(direct, () => 0).objects,
    upload: async (name, text) => void world.objects.set(name, Buffer.from(text)),
    has: async (name) => world.objects.has(name),
  };
}

describe.each([
  ['the object store', engine],
  ['the fake', fake],
] as const)('objects of media in %s', (_name, subject) => {
  test('an upload is read once all its parts are there, in their order', async () => {
    const { store, upload: put } = subject();
    const [first = '', second = ''] = incomingKeys(upload);
    await put(second, 'world');
    expect(await store.readUpload(upload)).toBeUndefined();
    await put(first, 'hello ');
    expect(Buffer.from((await store.readUpload(upload)) ?? []).toString()).toBe('hello world');
    await store.deleteUpload(upload);
    expect(await store.readUpload(upload)).toBeUndefined();
  });

  test('of a truncated upload the bytes are gone and the addresses stay used; deleted they are free', async () => {
    const { store, upload: put, has } = subject();
    for (const name of incomingKeys(upload)) await put(name, 'bytes');
    await store.truncateUpload(upload);
    expect(await store.readUpload(upload)).toHaveLength(0);
    for (const name of incomingKeys(upload)) expect(await has(name)).toBe(true);
    await store.deleteUpload(upload);
    await store.deleteUpload(upload);
    for (const name of incomingKeys(upload)) expect(await has(name)).toBe(false);
  });

  test('all that was made from the media goes with it', async () => {
    const { store, has } = subject();
    const contentType = 'image/png';
    for (const variant of ['original', 'thumbnail', 'poster'] as const)
      await store.put(key, { variant, contentType, bytes: Buffer.from(variant) });
    for (const name of objectKeys(key)) expect(await has(name)).toBe(true);
    await store.remove(key);
    await store.remove(key);
    for (const name of objectKeys(key)) expect(await has(name)).toBe(false);
  });
});

test('the expiry tag is added to and removed from all of the media and nobody else’s, and stays as often as asked', async () => {
  const { s3 } = bucket;
  const store = mediaObjectStore(s3, Bucket);
  const other = { ...key, mediaId: 'two-parts-more' };
  const bytes = Buffer.from('x');
  const variants = ['original', 'thumbnail'] as const;
  for (const variant of variants) await store.put(key, { variant, contentType: 'image/png', bytes });
  await store.put(other, { variant: 'original', contentType: 'image/png', bytes });
  expect([await store.count(key), await store.count(other)]).toEqual([2, 1]);
  const tags = async (Key: string) =>
    (await s3.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet?.map(
      (tag) => `${tag.Key}=${tag.Value}`,
    );
  for (const _ of ['once', 'again']) await store.addExpiryTag(key);
  for (const variant of variants) expect(await tags(objectKey(key, variant))).toEqual(['lapse=timed']);
  expect(await tags(objectKey(other, 'original'))).toEqual([]);
  for (const _ of ['once', 'again']) await store.removeExpiryTag(key);
  for (const variant of variants) expect(await tags(objectKey(key, variant))).toEqual([]);
});

test('a download is bytes alone to a browser unless it is known to run nothing, and is kept nowhere', async () => {
  const { s3 } = bucket;
  const store = mediaObjectStore(s3, Bucket);
  const served = async (contentType: string) => {
    await store.put(key, { variant: 'original', contentType, bytes: Buffer.from('x') });
    return s3.send(new HeadObjectCommand({ Bucket, Key: objectKey(key, 'original') }));
  };
  expect(await served('text/html')).toMatchObject({
    ContentType: 'application/octet-stream',
    ContentDisposition: 'attachment',
    CacheControl: 'no-store',
  });
  expect(await served('image/png')).toMatchObject({ ContentType: 'image/png' });
});

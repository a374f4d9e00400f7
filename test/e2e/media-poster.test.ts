import type { Frame, Person } from '../support/chat-person.ts';
import { fixture } from '../support/media/fixture.ts';
import { picture, pixelsOf } from '../support/media/made-pictures.ts';
import { personalExif } from '../support/media/personal-exif.ts';
import { withMetadata } from '../support/media/with-metadata.ts';
import { codeOf, type MediaChat, startMediaChat } from '../support/media-chat.ts';
import { anyFile, describeFile, download, type TestFile, upload } from '../support/media-exchange.ts';
import { sweepUploads } from '../support/passing-time.ts';

let chat: MediaChat;
let alice: Person;
let bob: Person;
let conversationId: string;
let frame: TestFile;

const film: TestFile = {
  kind: 'video',
  contentType: 'video/mp4',
  bytes: new Uint8Array(fixture('film.mp4')),
};

beforeAll(async () => {
  chat = await startMediaChat();
  ({ alice, bob, conversationId } = chat);
  const drawn = withMetadata('jpeg', await picture('jpeg', 1_280, 960));
  frame = { kind: 'image', contentType: 'image/jpeg', bytes: new Uint8Array(drawn) };
});
afterAll(async () => chat?.close());

const keysOf = async (mediaId: string) => chat.objects.keys(mediaId);
const objectsOf = (mediaId: string, ...names: readonly string[]) => [
  `incoming/${mediaId}/1`,
  ...names.map((name) => `media/${mediaId}/${name}`),
];
const mine = async (file: TestFile) => upload(alice, conversationId, file);
const send = async (content: object, id?: string): Promise<Frame> =>
  alice.call('send', { conversationId, content, ...(id !== undefined && { id }) });

test('a film comes with the frame that its sender drew: small, clean, and of the picture nothing else is kept', async () => {
  const [mediaId, posterId] = [await mine(film), await mine(frame)];
  const content = { type: 'video', mediaId, posterId };
  const ack = await send(content, 'film');
  expect(ack.media).toMatchObject({ contentType: 'video/mp4', width: 64, height: 48, variants: ['poster'] });
  expect(ack.media.placeholder.length).toBeLessThan(60);
  const { messages } = await bob.call('history', { conversationId, after: ack.seq - 1 });
  expect(messages[0].content).toEqual({ type: 'video', mediaId, media: ack.media });

  const { bytes, response } = await download(bob, conversationId, ack.seq, 'poster');
  expect([response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([
    'image/webp',
    'attachment',
  ]);
  expect(bytes.includes(personalExif())).toBe(false);
  expect((await pixelsOf(bytes)).length).toBe(640 * 480 * 3);
  expect(codeOf(await bob.call('download', { conversationId, seq: ack.seq, variant: 'thumbnail' }))).toBe(
    'NOT_FOUND',
  );
  expect(await keysOf(mediaId)).toEqual(objectsOf(mediaId, 'original', 'poster'));
  expect(await keysOf(posterId)).toEqual(objectsOf(posterId));
  expect(await chat.objects.sizes(posterId)).toEqual([0]);

  expect(await send(content, 'film')).toEqual({ ...ack, duplicate: true });
  await sweepUploads(chat.system, chat.tables, mediaId, posterId);
  expect(await keysOf(posterId)).toEqual([]);
  expect(await send(content, 'film')).toEqual({ ...ack, duplicate: true });
  expect((await download(bob, conversationId, ack.seq, 'poster')).response.status).toBe(200);

  await alice.call('erase', { scope: 'message', conversationId, seq: ack.seq });
  await alice.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
  expect(await keysOf(mediaId)).toEqual([]);
});

describe('a film is refused, and nothing of it is stored, when its poster', () => {
  const bad: [string, () => Promise<string>][] = [
    ['is not there', async () => 'A'.repeat(24)],
    [
      'was announced and not uploaded',
      async () => (await alice.call('upload', { conversationId, ...describeFile(frame) })).mediaId,
    ],
    ['is somebody else’s', async () => upload(bob, conversationId, frame)],
    ['is for another conversation', async () => upload(alice, chat.elsewhere, frame)],
    ['is of another kind', async () => mine(anyFile())],
    ['is a film', async () => mine(film)],
    ['is no picture', async () => mine({ ...frame, bytes: frame.bytes.slice(0, 300) })],
    [
      'is in a message of its own',
      async () => {
        const mediaId = await mine(frame);
        expect(await send({ type: 'image', mediaId }, 'both')).toMatchObject({ type: 'ack' });
        return mediaId;
      },
    ],
    [
      'is another film’s',
      async () => {
        const posterId = await mine(frame);
        expect(await send({ type: 'video', mediaId: await mine(film), posterId })).toMatchObject({
          type: 'ack',
        });
        return posterId;
      },
    ],
  ];

  test.each(bad)('%s', async (_, prepare) => {
    const posterId = await prepare();
    const mediaId = await mine(film);
    const { lastSeq } = await alice.call('history', { conversationId, limit: 1 });
    for (const id of ['both', undefined])
      expect(codeOf(await send({ type: 'video', mediaId, posterId }, id))).toBe('MEDIA_MISMATCH');
    expect(await keysOf(mediaId)).toEqual(objectsOf(mediaId));
    expect(await alice.call('history', { conversationId, limit: 1 })).toMatchObject({ lastSeq });
  });
});

test('what stands for a film cannot be sent by itself as well, and only a film has it', async () => {
  const [mediaId, posterId] = [await mine(film), await mine(frame)];
  for (const type of ['image', 'audio', 'file'])
    expect(codeOf(await send({ type, mediaId, posterId }))).toBe('INVALID_FRAME');
  await send({ type: 'video', mediaId, posterId });
  expect(codeOf(await send({ type: 'image', mediaId: posterId }))).toBe('MEDIA_MISMATCH');
});

import { S3Client } from '@aws-sdk/client-s3';
import { uploadSeconds } from '../../shared/stores/media/media-record.ts';
import { mediaUrls } from '../../shared/stores/media/media-url-gateway.ts';
import type { EpochSeconds } from '../../shared/time.ts';
import type { Frame, Person } from '../support/chat-person.ts';
import { codeOf, type MediaChat, startMediaChat } from '../support/media-chat.ts';
import { anyFile, describeFile, put, refusalOf, sha256, type TestFile } from '../support/media-exchange.ts';

let chat: MediaChat;
let alice: Person;
let mallory: Person;
let conversationId: string;

beforeAll(async () => {
  chat = await startMediaChat();
  ({ alice, mallory, conversationId } = chat);
});
afterAll(async () => chat?.close());

const announce = async (file: TestFile, person = alice, where = conversationId): Promise<Frame> =>
  person.call('upload', { conversationId: where, ...describeFile(file) });

describe('an address to upload to', () => {
  test('lives for minutes', async () => {
    const now = Math.floor(Date.now() / 1000);
    const { expiresAt } = await announce(anyFile());
    expect(expiresAt).toBeGreaterThan(now);
    expect(expiresAt).toBeLessThanOrEqual(now + 16 * 60);
  });

  test('is refused when its minutes are over', async () => {
    const { objectStoreEndpoint: endpoint, region, credentials, bucketNames } = chat.system;
    const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
    const sent = anyFile();
    const ack = await announce(sent);
    const [Bucket = '', ...key] = new URL(ack.url).pathname.slice(1).split('/');
    expect(bucketNames).toContain(Bucket);
    const object = {
      key: key.join('/'),
      contentType: sent.contentType,
      bytes: sent.bytes.length,
      sha256: sha256(sent.bytes),
    };
    const now = Math.floor(Date.now() / 1000);
    const signed = async (until: number) =>
      mediaUrls(s3, Bucket).put(object, (now - uploadSeconds) as EpochSeconds, until as EpochSeconds);
    const over = await put(await signed(now - 1), sent.bytes);
    expect([over.status, await over.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
    // The same, but for its end, is taken.
    expect((await put(await signed(now + 60), sent.bytes)).status).toBe(200);
    s3.destroy();
  });

  const other = anyFile(500);
  const larger = anyFile(501);
  const without =
    (name: string) =>
    async (ack: Frame, { bytes }: TestFile) => {
      const { [name]: _left, ...headers } = ack.headers;
      return put({ ...ack, headers }, bytes);
    };
  const at =
    (change: (url: string) => string) =>
    async (ack: Frame, { bytes }: TestFile) =>
      put({ ...ack, url: change(ack.url) }, bytes);
  const mismatch = '403 SignatureDoesNotMatch';

  test.each<[string, string, (ack: Frame, sent: TestFile) => Promise<Response>]>([
    ['other bytes', '400 BadDigest', async (ack) => put(ack, other.bytes)],
    [
      'other bytes with their own hash',
      mismatch,
      async (ack) => put(ack, other.bytes, { 'x-amz-checksum-sha256': sha256(other.bytes) }),
    ],
    ['more bytes', mismatch, async (ack) => put(ack, larger.bytes)],
    ['fewer bytes', mismatch, async (ack, { bytes }) => put(ack, bytes.slice(1))],
    ['another type', mismatch, async (ack, { bytes }) => put(ack, bytes, { 'content-type': 'text/html' })],
    [
      'a header more',
      '403 AccessDenied',
      async (ack, { bytes }) => put(ack, bytes, { 'x-amz-acl': 'public-read' }),
    ],
    ['no word of writing once', mismatch, without('if-none-match')],
    ['no hash', mismatch, without('x-amz-checksum-sha256')],
    ['no type', mismatch, without('content-type')],
    [
      'the place of other media',
      mismatch,
      at((url) => url.replace(/incoming\/[\w-]+/, `incoming/${'A'.repeat(24)}`)),
    ],
    [
      'the place of downloads',
      mismatch,
      at((url) => url.replace(/incoming\/[^?]+/, `media/${conversationId}/x/original`)),
    ],
    ['a longer life', mismatch, at((url) => url.replace('X-Amz-Expires=900', 'X-Amz-Expires=9000'))],
    [
      'another life beside its own',
      '400 AuthorizationQueryParametersError',
      at((url) => `${url}&X-Amz-Expires=9000`),
    ],
    ['deletion', mismatch, async ({ url }) => fetch(url, { method: 'DELETE' })],
    ['reading', mismatch, async ({ url }) => fetch(url)],
    ['no signature', '403 AccessDenied', at((url) => url.split('?')[0] ?? '')],
  ])('refuses %s, and takes what was announced', async (_, refusal, attempt) => {
    const sent = anyFile(500);
    const ack = await announce(sent);
    expect(await refusalOf(await attempt(ack, sent))).toBe(refusal);
    expect((await put(ack, sent.bytes)).status).toBe(200);
  });

  test('of one person puts nothing where another’s media goes', async () => {
    const [ours, theirs] = [anyFile(500), anyFile(500)];
    const own = await announce(ours);
    const foreign = await announce(theirs, mallory, chat.elsewhere);
    for (const [ack, bytes] of [
      [{ ...foreign, url: foreign.url.replace(foreign.mediaId, own.mediaId) }, theirs.bytes],
      [{ ...foreign, url: own.url }, theirs.bytes],
    ] as const)
      expect(await refusalOf(await put(ack, bytes))).toBe(mismatch);
    expect((await put(foreign, theirs.bytes)).status).toBe(200);
    expect((await put(own, ours.bytes)).status).toBe(200);
  });

  test('works once, also after the media was sent and taken away from there', async () => {
    const sent = anyFile();
    const ack = await announce(sent);
    expect((await put(ack, sent.bytes)).status).toBe(200);
    expect(await refusalOf(await put(ack, sent.bytes))).toBe('412 PreconditionFailed');
    const content = { type: 'file', mediaId: ack.mediaId };
    expect(await alice.call('send', { conversationId, content })).toMatchObject({ type: 'ack' });
    expect(await refusalOf(await put(ack, sent.bytes))).toBe('412 PreconditionFailed');
  });
});

describe('to announce an upload', () => {
  const asked = { kind: 'file', contentType: 'image/png', bytes: 1_000, sha256: sha256(anyFile().bytes) };

  test('is for members', async () => {
    expect(codeOf(await mallory.call('upload', { conversationId, ...asked }))).toBe('NOT_FOUND');
    expect(await alice.call('upload', { conversationId, ...asked })).toMatchObject({ type: 'ack' });
  });

  test.each([
    ['image', 20_000_000],
    ['audio', 20_000_000],
    ['video', 100_000_000],
    ['file', 100_000_000],
  ])('%s: up to what the operator allows and not a byte more', async (kind, most) => {
    const described = { ...asked, conversationId, kind };
    expect(codeOf(await alice.call('upload', { ...described, bytes: most + 1 }))).toBe('TOO_LARGE');
    expect(await alice.call('upload', { ...described, bytes: most })).toMatchObject({ type: 'ack' });
  });

  test.each([
    ['a hash that is none', { sha256: 'short' }],
    ['more parts than its length has', { parts: [asked.sha256, asked.sha256] }],
  ])('with %s is refused', async (_, change) => {
    expect(codeOf(await alice.call('upload', { ...asked, conversationId, ...change }))).toBe('INVALID_FRAME');
  });
});

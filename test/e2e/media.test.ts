import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { LocalSystem } from '../../infra/local/local-system.ts';
import { partBytes } from '../../shared/protocol/part-bytes.ts';
import { type Frame, join, openDirect, type Person, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import {
  describeFile,
  download,
  put,
  sendFile,
  sha256,
  type TestFile,
  upload,
} from '../support/media-exchange.ts';

let system: LocalSystem;
let db: DynamoDBDocumentClient;
let s3: S3Client;
let alice: Person;
let bob: Person;
let mallory: Person;
/** Of alice and bob. */
let conversationId: string;
/** Of alice and mallory. */
let elsewhere: string;
const log: string[] = [];

beforeAll(async () => {
  system = await startTestSystem({ onLog: (name, line) => void log.push(`${name} ${line}`) });
  const { dynamodbEndpoint: endpoint, region, credentials } = system;
  db = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
  s3 = new S3Client({ endpoint: system.objectStoreEndpoint, region, credentials });
  [alice, bob, mallory] = (await Promise.all(
    ['alice', 'bob', 'mallory'].map(async (userId) => join(system, userId)),
  )) as [Person, Person, Person];
  [conversationId, elsewhere] = [await openDirect(alice, 'bob'), await openDirect(alice, 'mallory')];
}, 120_000);
afterAll(async () => {
  db?.destroy();
  s3?.destroy();
  await system?.close();
});

const file = (bytes: Uint8Array = randomBytes(1_000)): TestFile => ({
  kind: 'file',
  contentType: 'application/octet-stream',
  bytes: new Uint8Array(bytes),
});
const table = (name: string) => system.tableNames[name] ?? '';
const codeOf = (frame: Frame): string | undefined => frame.error?.code;
const keysOf = async (mediaId: string) => {
  const lists = await Promise.all(
    system.bucketNames.map(async (Bucket) => s3.send(new ListObjectsV2Command({ Bucket }))),
  );
  const keys = lists.flatMap(({ Contents = [] }) => Contents.map(({ Key = '' }) => Key));
  return keys.filter((key) => key.includes(mediaId)).toSorted();
};
const recordsOf = async (mediaId: string) =>
  (
    (await db.send(new ScanCommand({ TableName: table('MEDIA_TABLE'), ConsistentRead: true }))).Items ?? []
  ).filter((item) => item['mediaId'] === mediaId);

async function change(
  name: string,
  Key: Record<string, unknown>,
  values: Record<string, number>,
): Promise<void> {
  const names = Object.keys(values);
  await db.send(
    new UpdateCommand({
      TableName: table(name),
      Key,
      UpdateExpression: `SET ${names.map((each) => `${each} = :${each}`).join(', ')}`,
      ExpressionAttributeValues: Object.fromEntries(names.map((each) => [`:${each}`, values[each]])),
    }),
  );
}

const now = () => Math.floor(Date.now() / 1000);

/** The time to look whether an upload was sent has come. */
const ripen = async (mediaId: string) => change('MEDIA_TABLE', { mediaId }, { sweepAt: now() - 1 });
const sweepUploads = async () =>
  expect(await system.schedules.fire('sweep-uploads')).toMatchObject({ ok: true });

describe('a file', () => {
  test('goes from one person to the other, byte by byte', async () => {
    const sent = file();
    const ack = await sendFile(alice, conversationId, sent, { caption: 'see here', name: 'notes.bin' });
    expect(ack).toMatchObject({ type: 'ack', stored: true, media: { bytes: 1_000 } });
    await bob.until((pushes) => pushes.some(({ message }) => message?.seq === ack.seq));
    const { message } = bob.pushes.find((push) => push.message?.seq === ack.seq);
    expect(message.content).toMatchObject({
      type: 'file',
      caption: 'see here',
      name: 'notes.bin',
      media: ack.media,
    });
    const { response, bytes } = await download(bob, conversationId, ack.seq);
    expect([response.status, bytes.equals(sent.bytes)]).toEqual([200, true]);
    expect(response.headers.get('content-disposition')).toBe('attachment');
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    const { messages } = await bob.call('history', { conversationId, after: ack.seq - 1 });
    expect(messages).toEqual([message]);
  });

  test('may come in parts, each with a hash of its own, in any order', async () => {
    const sent = file(randomBytes(2 * partBytes + 5));
    const cuts = [0, 1, 2].map((index) => sent.bytes.slice(index * partBytes, (index + 1) * partBytes));
    const ack = await alice.call('upload', {
      conversationId,
      ...describeFile(sent),
      parts: cuts.map((part) => sha256(part)),
    });
    expect(ack.parts).toHaveLength(3);
    const frame = { conversationId, content: { type: 'file', mediaId: ack.mediaId } };
    for (const index of [2, 0]) expect((await put(ack.parts[index], cuts[index]!)).status).toBe(200);
    expect(codeOf(await alice.call('send', { ...frame, id: 'too-early' }))).toBe('MEDIA_MISMATCH');
    expect((await put(ack.parts[1], cuts[1]!)).status).toBe(200);
    expect((await put(ack.parts[1], cuts[1]!)).status).toBe(412);
    // What was refused for a part that was missing is the same send when it is there.
    const { seq } = await alice.call('send', { ...frame, id: 'too-early' });
    expect((await download(bob, conversationId, seq)).bytes.equals(sent.bytes)).toBe(true);
  });
});

describe('an address to upload to', () => {
  let ack: Frame;
  const sent = file(randomBytes(500));
  beforeAll(async () => {
    ack = await alice.call('upload', { conversationId, ...describeFile(sent) });
  });
  const refusalOf = async (response: Response) =>
    `${response.status} ${/<Code>(\w+)</.exec(await response.text())?.[1]}`;
  const without = (name: string) => ({
    ...ack,
    headers: Object.fromEntries(Object.entries<string>(ack.headers).filter(([each]) => each !== name)),
  });

  test('lives for minutes', () => {
    expect(ack.expiresAt).toBeGreaterThan(now());
    expect(ack.expiresAt).toBeLessThanOrEqual(now() + 15 * 60);
  });

  test('refuses other bytes, another length, another type and headers left out', async () => {
    expect(await refusalOf(await put(ack, file(randomBytes(500)).bytes))).toBe('400 BadDigest');
    expect(await refusalOf(await put(ack, file(randomBytes(501)).bytes))).toBe('403 SignatureDoesNotMatch');
    expect(await refusalOf(await put(ack, sent.bytes, { 'content-type': 'text/html' }))).toBe(
      '403 SignatureDoesNotMatch',
    );
    for (const name of ['if-none-match', 'x-amz-checksum-sha256', 'content-type'])
      expect(await refusalOf(await put(without(name), sent.bytes))).toBe('403 SignatureDoesNotMatch');
  });

  test('is good for its own place and for nothing but putting', async () => {
    const moved = { ...ack, url: ack.url.replace(ack.mediaId, 'A'.repeat(24)) };
    expect(await refusalOf(await put(moved, sent.bytes))).toBe('403 SignatureDoesNotMatch');
    const prolonged = { ...ack, url: ack.url.replace('X-Amz-Expires=900', 'X-Amz-Expires=9000') };
    expect(await refusalOf(await put(prolonged, sent.bytes))).toBe('403 SignatureDoesNotMatch');
    expect(await refusalOf(await fetch(ack.url))).toBe('403 SignatureDoesNotMatch');
    expect(await refusalOf(await fetch(ack.url, { method: 'DELETE' }))).toBe('403 SignatureDoesNotMatch');
  });

  test('works once, also after the media was sent and taken away from there', async () => {
    expect((await put(ack, sent.bytes)).status).toBe(200);
    expect(await refusalOf(await put(ack, sent.bytes))).toBe('412 PreconditionFailed');
    const content = { type: 'file', mediaId: ack.mediaId };
    expect(await alice.call('send', { conversationId, content })).toMatchObject({ type: 'ack' });
    expect(await refusalOf(await put(ack, sent.bytes))).toBe('412 PreconditionFailed');
  });

  test('is given to members, for what the operator allows', async () => {
    const asked = { conversationId, ...describeFile(sent) };
    expect(codeOf(await mallory.call('upload', asked))).toBe('NOT_FOUND');
    expect(codeOf(await alice.call('upload', { ...asked, kind: 'image', bytes: 20_000_001 }))).toBe(
      'TOO_LARGE',
    );
    expect(codeOf(await alice.call('upload', { ...asked, sha256: 'short' }))).toBe('INVALID_FRAME');
    expect(codeOf(await alice.call('upload', { ...asked, parts: [asked.sha256, asked.sha256] }))).toBe(
      'INVALID_FRAME',
    );
  });
});

describe('a send is refused, and nothing is stored, when its media', () => {
  const attempts: [string, () => Promise<[Person, object]>][] = [
    ['is not there', async () => [alice, { type: 'file', mediaId: 'A'.repeat(24) }]],
    [
      'was announced and not uploaded',
      async () => {
        const { mediaId } = await alice.call('upload', { conversationId, ...describeFile(file()) });
        return [alice, { type: 'file', mediaId }];
      },
    ],
    [
      'is somebody else’s',
      async () => [bob, { type: 'file', mediaId: await upload(alice, conversationId, file()) }],
    ],
    [
      'is for another conversation',
      async () => [alice, { type: 'file', mediaId: await upload(alice, elsewhere, file()) }],
    ],
    [
      'is of another kind',
      async () => [alice, { type: 'image', mediaId: await upload(alice, conversationId, file()) }],
    ],
    [
      'is in another message already',
      async () => {
        const mediaId = await upload(alice, conversationId, file());
        const content = { type: 'file', mediaId };
        expect(await alice.call('send', { conversationId, content })).toMatchObject({ type: 'ack' });
        return [alice, content];
      },
    ],
  ];

  test.each(attempts)('%s', async (_, prepare) => {
    const [person, content] = await prepare();
    const before = await alice.call('history', { conversationId, limit: 1 });
    expect(codeOf(await person.call('send', { conversationId, content }))).toBe('MEDIA_MISMATCH');
    expect(await alice.call('history', { conversationId, limit: 1 })).toMatchObject({
      messages: before.messages,
      lastSeq: before.lastSeq,
    });
  });

  test('but its repeat is the same message', async () => {
    const mediaId = await upload(alice, conversationId, file());
    const frame = { id: 'again', conversationId, content: { type: 'file', mediaId } };
    const first = await alice.call('send', frame);
    expect(await alice.call('send', frame)).toEqual({ ...first, duplicate: true });
    await ripen(mediaId);
    expect(codeOf(await alice.call('send', frame))).toBe('CONFLICT');
    await sweepUploads();
    expect(await alice.call('send', frame)).toEqual({ ...first, duplicate: true });
  });
});

describe('a download', () => {
  let sent: Frame;
  beforeAll(async () => {
    sent = await sendFile(alice, conversationId, file());
  });

  test('is for members, of media, of what is there', async () => {
    const { seq } = await alice.call('send', { conversationId, content: text('words') });
    const asked = { conversationId, seq: sent.seq };
    expect(codeOf(await mallory.call('download', asked))).toBe('NOT_FOUND');
    expect(codeOf(await alice.call('download', { ...asked, seq }))).toBe('NOT_FOUND');
    expect(codeOf(await alice.call('download', { ...asked, seq: 9_999 }))).toBe('NOT_FOUND');
    expect(codeOf(await alice.call('download', { ...asked, variant: 'poster' }))).toBe('NOT_FOUND');
  });

  test('lives for two minutes, and never past its message', async () => {
    const { expiresAt } = await bob.call('download', { conversationId, seq: sent.seq });
    expect(expiresAt).toBeLessThanOrEqual(now() + 120);
    const short = await alice.call('open', { kind: 'group', members: ['bob'], retention: 60 });
    const ack = await sendFile(alice, short.conversationId, file());
    const brief = await bob.call('download', { conversationId: short.conversationId, seq: ack.seq });
    expect(brief.expiresAt).toBe(ack.expiresAt);
    const address = new URL(brief.url).searchParams;
    const signedAt = Date.parse(
      (address.get('X-Amz-Date') ?? '').replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'),
    );
    expect(signedAt / 1000 + Number(address.get('X-Amz-Expires'))).toBe(ack.expiresAt);
  });

  test('a part of it can be asked for', async () => {
    const { url } = await bob.call('download', { conversationId, seq: sent.seq });
    const part = await fetch(url, { headers: { range: 'bytes=10-19' } });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
  });

  test('is refused from the instant at which the message ends', async () => {
    const { seq } = await sendFile(alice, conversationId, file());
    await change('MESSAGE_TABLE', { conversationId, seq }, { expiresAt: now() });
    expect(codeOf(await bob.call('download', { conversationId, seq }))).toBe('NOT_FOUND');
  });
});

describe('what is deleted', () => {
  test('an upload that nobody sends, with its record, and nothing of anybody else’s', async () => {
    const [unsent, young] = [
      await upload(alice, conversationId, file()),
      await upload(bob, conversationId, file()),
    ];
    const { seq } = await sendFile(alice, conversationId, file());
    const { messages } = await bob.call('history', { conversationId, after: seq - 1 });
    const { mediaId } = messages[0].content;
    await Promise.all([ripen(unsent), ripen(mediaId)]);
    await sweepUploads();
    expect([await keysOf(unsent), await recordsOf(unsent)]).toEqual([[], []]);
    expect(await keysOf(young)).toEqual([`incoming/${young}/1`]);
    expect(await keysOf(mediaId)).toEqual([`media/${conversationId}/${mediaId}/original`]);
    expect(await recordsOf(mediaId)).toMatchObject([{ expiresAt: messages[0].expiresAt + 86_400 }]);
    expect((await download(bob, conversationId, seq)).response.status).toBe(200);
    const content = { type: 'file', mediaId: unsent };
    expect(codeOf(await alice.call('send', { conversationId, content }))).toBe('MEDIA_MISMATCH');
  });

  test('media goes with its message, by the same sweep', async () => {
    const chat = await openDirect(bob, 'mallory');
    const acks = [await sendFile(bob, chat, file()), await sendFile(bob, chat, file())];
    const { messages } = await bob.call('history', { conversationId: chat });
    const [gone, stays] = messages.map(({ content }: Frame) => content.mediaId);
    const given = await bob.call('download', { conversationId: chat, seq: acks[0]?.seq });
    const expiresAt = now() - 3_600;
    const times = { sentAt: (expiresAt - 604_800) * 1000, expiresAt };
    await ripen(gone);
    await sweepUploads();
    await change('MESSAGE_TABLE', { conversationId: chat, seq: 1 }, times);
    await change(
      'CONVERSATION_TABLE',
      { conversationId: chat, entry: 'head' },
      { nextPurgeAt: expiresAt, purgeFrom: times.sentAt, settledSeq: 2, settledAt: now() - 100 },
    );
    expect(await system.schedules.fire('purge')).toMatchObject({ ok: true });
    expect([await keysOf(gone), await recordsOf(gone)]).toEqual([[], []]);
    expect((await fetch(given.url)).status).toBe(404);
    expect(await keysOf(stays)).toEqual([`incoming/${stays}/1`, `media/${chat}/${stays}/original`]);
    expect((await download(mallory, chat, 2)).response.status).toBe(200);
  });
});

test('erasing the message takes its media away at once, and nobody else’s', async () => {
  const gone = await sendFile(alice, conversationId, file());
  await sendFile(bob, conversationId, file());
  const { messages } = await bob.call('history', { conversationId, after: gone.seq - 1 });
  const [goneId, staysId] = messages.map(({ content }: Frame) => content.mediaId);
  const given = await bob.call('download', { conversationId, seq: gone.seq });
  await alice.call('erase', { scope: 'message', conversationId, seq: gone.seq });
  await alice.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
  const receipt = alice.pushes.find(({ type }) => type === 'erasure');
  const line = receipt.stores.find(({ store }: Frame) => store === 'mediaObjects');
  expect(line).toMatchObject({ outcome: 'erased', deleted: 1, found: 0, held: 0 });
  expect(await keysOf(goneId)).toEqual([`incoming/${goneId}/1`]);
  expect((await fetch(given.url)).status).toBe(404);
  expect(codeOf(await bob.call('download', { conversationId, seq: gone.seq }))).toBe('NOT_FOUND');
  expect(await recordsOf(goneId)).toEqual([expect.not.objectContaining({ media: expect.anything() })]);
  expect(await keysOf(staysId)).toContain(`media/${conversationId}/${staysId}/original`);
  await ripen(goneId);
  await sweepUploads();
  expect([await keysOf(goneId), await recordsOf(goneId)]).toEqual([[], []]);
});

test('a caption is looked through like a text, and nothing of the media is in a log', async () => {
  const name = `canary-${randomBytes(6).toString('hex')}`;
  const mediaId = await upload(alice, conversationId, file());
  await alice.call('send', { conversationId, content: { type: 'file', mediaId, name, caption: name } });
  const long = 'x'.repeat(20_000);
  expect(
    codeOf(await alice.call('send', { conversationId, content: { type: 'file', mediaId, caption: long } })),
  ).toBe('TOO_LARGE');
  expect(log.join('\n')).not.toContain(name);
  expect(log.join('\n')).not.toContain(mediaId);
});

import { randomBytes } from 'node:crypto';
import { partBytes } from '../../shared/protocol/media/part-bytes.ts';
import type { Person } from '../support/chat-person.ts';
import { codeOf, type MediaChat, startMediaChat } from '../support/media-chat.ts';
import { anyFile, describeFile, download, put, sendFile, sha256, upload } from '../support/media-exchange.ts';

let chat: MediaChat;
let alice: Person;
let bob: Person;
let conversationId: string;
const log: string[] = [];

beforeAll(async () => {
  chat = await startMediaChat({ onLog: (name, line) => void log.push(`${name} ${line}`) });
  ({ alice, bob, conversationId } = chat);
});
afterAll(async () => chat?.close());

describe('a file', () => {
  test('goes from one person to the other, byte by byte', async () => {
    const sent = anyFile();
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
    const sent = anyFile(2 * partBytes + 5);
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

test('a caption is looked through like a text, and nothing of the media is in a log', async () => {
  const name = `canary-${randomBytes(6).toString('hex')}`;
  const mediaId = await upload(alice, conversationId, anyFile());
  await alice.call('send', { conversationId, content: { type: 'file', mediaId, name, caption: name } });
  const long = 'x'.repeat(20_000);
  expect(
    codeOf(await alice.call('send', { conversationId, content: { type: 'file', mediaId, caption: long } })),
  ).toBe('TOO_LARGE');
  expect(log.join('\n')).not.toContain(name);
  expect(log.join('\n')).not.toContain(mediaId);
});

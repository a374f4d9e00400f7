import { type Frame, openDirect, type Person } from '../support/chat-person.ts';
import { codeOf, type MediaChat, startMediaChat } from '../support/media-chat.ts';
import { anyFile, download, sendFile, upload } from '../support/media-exchange.ts';
import { sweepUploads } from '../support/passing-time.ts';

let chat: MediaChat;
let alice: Person;
let bob: Person;
let mallory: Person;
let conversationId: string;

beforeAll(async () => {
  chat = await startMediaChat();
  ({ alice, bob, mallory, conversationId } = chat);
});
afterAll(async () => chat?.close());

const now = () => Math.floor(Date.now() / 1000);
const keysOf = async (mediaId: string) => chat.objects.keys(mediaId);
const recordOf = async (mediaId: string) => chat.tables.get('MEDIA_TABLE', { mediaId });

describe('what is deleted', () => {
  test('an upload that nobody sends, with its record, and nothing of anybody else’s', async () => {
    const [unsent, young] = [
      await upload(alice, conversationId, anyFile()),
      await upload(bob, conversationId, anyFile()),
    ];
    const { seq } = await sendFile(alice, conversationId, anyFile());
    const { messages } = await bob.call('history', { conversationId, after: seq - 1 });
    const { mediaId } = messages[0].content;
    await sweepUploads(chat.system, chat.tables, unsent, mediaId);
    expect([await keysOf(unsent), await recordOf(unsent)]).toEqual([[], undefined]);
    expect(await keysOf(young)).toEqual([`incoming/${young}/1`]);
    expect(await keysOf(mediaId)).toEqual([`media/${mediaId}/original`]);
    // It is looked at again when the sweeper of messages should be done, whose bound is an hour.
    const sweepAt = messages[0].expiresAt + 60 + 3_600;
    expect(await recordOf(mediaId)).toMatchObject({ seq, sweepAt, expiresAt: sweepAt + 86_400 });
    expect((await download(bob, conversationId, seq)).response.status).toBe(200);
    const content = { type: 'file', mediaId: unsent };
    expect(codeOf(await alice.call('send', { conversationId, content }))).toBe('MEDIA_MISMATCH');
  });

  test('media goes with its message, by the same sweep', async () => {
    const other = await openDirect(bob, 'mallory');
    const acks = [await sendFile(bob, other, anyFile()), await sendFile(bob, other, anyFile())];
    const { messages } = await bob.call('history', { conversationId: other });
    const [gone, stays] = messages.map(({ content }: Frame) => content.mediaId);
    const given = await bob.call('download', { conversationId: other, seq: acks[0]?.seq });
    const expiresAt = now() - 3_600;
    const times = { sentAt: (expiresAt - 604_800) * 1000, endsAt: expiresAt };
    await sweepUploads(chat.system, chat.tables, gone);
    await chat.tables.change('MESSAGE_TABLE', { conversationId: other, seq: 1 }, times);
    await chat.tables.change(
      'CONVERSATION_TABLE',
      { conversationId: other, entry: 'head' },
      { nextPurgeAt: expiresAt, purgeFrom: times.sentAt, settledSeq: 2, settledAt: now() - 100 },
    );
    expect(await chat.system.schedules.fire('purge')).toMatchObject({ ok: true });
    expect([await keysOf(gone), await recordOf(gone)]).toEqual([[], undefined]);
    expect((await fetch(given.url)).status).toBe(404);
    expect(await keysOf(stays)).toEqual([`incoming/${stays}/1`, `media/${stays}/original`]);
    expect((await download(mallory, other, 2)).response.status).toBe(200);
  });
});

test('media whose message time to live took first goes all the same, and no other', async () => {
  const other = await openDirect(alice, 'mallory');
  for (const person of [alice, alice]) await sendFile(person, other, anyFile());
  const { messages } = await alice.call('history', { conversationId: other });
  const [gone, stays] = messages.map(({ content }: Frame) => content.mediaId);
  await sweepUploads(chat.system, chat.tables, gone, stays);
  await chat.tables.remove('MESSAGE_TABLE', { conversationId: other, seq: 1 });
  expect(await keysOf(gone)).toEqual([`media/${gone}/original`]);
  await sweepUploads(chat.system, chat.tables, gone);
  expect([await keysOf(gone), await recordOf(gone)]).toEqual([[], undefined]);
  expect(await keysOf(stays)).toEqual([`media/${stays}/original`]);
});

test('erasing the message takes its media away at once, and nobody else’s', async () => {
  const gone = await sendFile(alice, conversationId, anyFile());
  await sendFile(bob, conversationId, anyFile());
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
  expect(await recordOf(goneId)).toEqual(expect.not.objectContaining({ media: expect.anything() }));
  expect(await keysOf(staysId)).toContain(`media/${staysId}/original`);
  await sweepUploads(chat.system, chat.tables, goneId);
  expect([await keysOf(goneId), await recordOf(goneId)]).toEqual([[], undefined]);
});

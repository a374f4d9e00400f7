import type { Person } from '../support/chat-person.ts';
import { codeOf, type MediaChat, startMediaChat } from '../support/media-chat.ts';
import { anyFile, describeFile, upload } from '../support/media-exchange.ts';
import { sweepUploads } from '../support/passing-time.ts';

let chat: MediaChat;
let alice: Person;
let bob: Person;
let conversationId: string;
let elsewhere: string;

beforeAll(async () => {
  chat = await startMediaChat();
  ({ alice, bob, conversationId, elsewhere } = chat);
});
afterAll(async () => chat?.close());

describe('a send is refused, and nothing is stored, when its media', () => {
  const attempts: [string, () => Promise<[Person, object]>][] = [
    ['is not there', async () => [alice, { type: 'file', mediaId: 'A'.repeat(24) }]],
    [
      'was announced and not uploaded',
      async () => {
        const { mediaId } = await alice.call('upload', { conversationId, ...describeFile(anyFile()) });
        return [alice, { type: 'file', mediaId }];
      },
    ],
    [
      'is somebody else’s',
      async () => [bob, { type: 'file', mediaId: await upload(alice, conversationId, anyFile()) }],
    ],
    [
      'is for another conversation',
      async () => [alice, { type: 'file', mediaId: await upload(alice, elsewhere, anyFile()) }],
    ],
    [
      'is of another kind',
      async () => [alice, { type: 'image', mediaId: await upload(alice, conversationId, anyFile()) }],
    ],
    [
      'is in another message already',
      async () => {
        const mediaId = await upload(alice, conversationId, anyFile());
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
    const mediaId = await upload(alice, conversationId, anyFile());
    const frame = { id: 'again', conversationId, content: { type: 'file', mediaId } };
    const first = await alice.call('send', frame);
    expect(await alice.call('send', frame)).toEqual({ ...first, duplicate: true });
    await chat.tables.change('MEDIA_TABLE', { mediaId }, { sweepAt: Math.floor(Date.now() / 1000) - 1 });
    expect(codeOf(await alice.call('send', frame))).toBe('CONFLICT');
    await sweepUploads(chat.system, chat.tables);
    expect(await alice.call('send', frame)).toEqual({ ...first, duplicate: true });
  });
});

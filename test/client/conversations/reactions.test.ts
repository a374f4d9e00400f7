import { parseCommand } from '../../../client/terminal/commands/parse-command.ts';
import type { MessageBody } from '../../../shared/protocol/messages/table.ts';
import { chat, settle } from '../support/chat.ts';

const reactions = (message: MessageBody | undefined) =>
  (message?.reactions ?? []).map(({ emoji, count, own }) => `${emoji} ${count}${own ? ' own' : ''}`);

async function atWork() {
  const setting = chat();
  setting.lapse.consented.add('alice');
  setting.client.connect();
  await settle();
  const { client, conversationId, lapse } = setting;
  lapse.post('bob', conversationId, 'hello');
  await settle();
  const seen: string[] = [];
  client.on('reacted', (message) => seen.push(reactions(message).join()));
  const push = async (frame: object) => {
    lapse.push('alice', { type: 'reacted', conversationId, seq: 1, ...frame });
    await settle();
  };
  const shown = () => reactions(client.messages(conversationId)[0]);
  return { ...setting, seen, push, shown };
}

test('one’s own is shown with the answer, and taken back', async () => {
  const { client, conversationId, shown, seen } = await atWork();
  await client.react(conversationId, 1, '👍', true);
  await settle();
  expect(shown()).toEqual(['👍 1 own']);
  await client.react(conversationId, 1, '👍', false);
  await settle();
  expect(shown()).toEqual([]);
  // Once each, though the push comes behind the answer.
  expect(seen).toEqual(['👍 1 own', '']);
});

test('a push says what all have given; one’s own stays as it is known, and follows other devices', async () => {
  const { client, conversationId, push, shown } = await atWork();
  await client.react(conversationId, 1, '👍', true);
  await push({
    rev: 2,
    reactions: [{ emoji: '👍', count: 2 }],
    by: { userId: 'bob', emoji: '👍', on: true },
  });
  expect(shown()).toEqual(['👍 2 own']);
  const by = { userId: 'alice', emoji: '🎉', on: true };
  await push({
    rev: 3,
    reactions: [
      { emoji: '👍', count: 2 },
      { emoji: '🎉', count: 1 },
    ],
    by,
  });
  expect(shown()).toEqual(['👍 2 own', '🎉 1 own']);
  // An older one that comes late.
  await push({ rev: 1, reactions: [] });
  expect(shown()).toEqual(['👍 2 own', '🎉 1 own']);
  await push({ rev: 4, reactions: [{ emoji: '👍', count: 1 }], by: { ...by, emoji: '👍', on: false } });
  expect(shown()).toEqual(['👍 1']);
});

test('what one gives to a message that is not there is refused, and nothing changes', async () => {
  const { client, conversationId, push, seen } = await atWork();
  await expect(client.react(conversationId, 7, '👍', true)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await push({ seq: 7, rev: 3, reactions: [{ emoji: '👍', count: 1 }] });
  expect(seen).toEqual([]);
});

test.each([
  ['/react 12 👍', { kind: 'react', seq: 12, emoji: '👍', on: true }],
  ['/react 👍', { kind: 'react', seq: undefined, emoji: '👍', on: true }],
  ['/unreact #3 ❤️', { kind: 'react', seq: 3, emoji: '❤️', on: false }],
  ['/react 12 yes', { kind: 'mistake', message: expect.stringContaining('/react 12 👍') }],
  ['/unreact', { kind: 'mistake', message: expect.stringContaining('/unreact 12 👍') }],
])('%s is understood in the terminal', (line, command) => {
  expect(parseCommand(line)).toEqual(command);
});

test('one push for many has nobody ask what lay before it', async () => {
  const { lapse, push, shown } = await atWork();
  await push({ rev: 40, reactions: [{ emoji: '👍', count: 40 }] });
  expect(shown()).toEqual(['👍 40']);
  expect(lapse.frames.filter((frame) => 'changedAfter' in frame)).toEqual([]);
});

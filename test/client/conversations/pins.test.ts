import { parseCommand } from '../../../client/terminal/commands/parse-command.ts';
import { chat, settle } from '../support/chat.ts';

async function atWork() {
  const setting = chat();
  setting.lapse.consented.add('alice');
  setting.client.connect();
  await settle();
  const { client, conversationId, lapse } = setting;
  for (const words of ['first', 'second']) lapse.post('bob', conversationId, words);
  await settle();
  const seen: string[] = [];
  client.on('pinned', ({ seq, on }) => seen.push(`${seq} ${on ? 'on' : 'off'}`));
  const push = async (frame: object) => {
    lapse.push('alice', { type: 'pinned', conversationId, seq: 1, ...frame });
    await settle();
  };
  const shown = () =>
    client.messages(conversationId).flatMap(({ seq, pinnedAt }) => (pinnedAt === undefined ? [] : [seq]));
  return { ...setting, seen, push, shown };
}

test('what one pins is known with the answer, listed, and taken off', async () => {
  const { client, conversationId, shown, seen } = await atWork();
  await client.pin(conversationId, 2, true);
  await settle();
  expect(shown()).toEqual([2]);
  expect((await client.pinned(conversationId)).map(({ seq }) => seq)).toEqual([2]);
  await client.pin(conversationId, 2, false);
  await settle();
  expect(shown()).toEqual([]);
  expect(await client.pinned(conversationId)).toEqual([]);
  expect(new Set(seen)).toEqual(new Set(['2 on', '2 off']));
});

test('of two pushes the later one holds, in whichever order they come', async () => {
  const { push, shown, seen } = await atWork();
  await push({ rev: 1, on: true, pinnedAt: 5 });
  await push({ rev: 1, on: true, pinnedAt: 5 }); // Once more, as who has pinned it gets ack and push.
  expect(shown()).toEqual([1]);
  await push({ rev: 3, on: false });
  await push({ rev: 2, on: true, pinnedAt: 6 });
  expect(shown()).toEqual([]);
  expect(seen).toEqual(['1 on', '1 off']);
});

test('an edit that is pushed later leaves the pin, what is taken back has none', async () => {
  const { push, shown, lapse, conversationId, client } = await atWork();
  await push({ rev: 1, on: true, pinnedAt: 5 });
  lapse.push('alice', {
    ...{ type: 'edited', conversationId, seq: 1, rev: 2, editedAt: 7 },
    content: { type: 'text', text: 'now' },
  });
  await settle();
  expect(shown()).toEqual([1]);
  expect(client.messages(conversationId)[0]?.content).toEqual({ type: 'text', text: 'now' });
  lapse.push('alice', { type: 'recalled', conversationId, seq: 1, rev: 3, recalledAt: 8 });
  await settle();
  expect(shown()).toEqual([]);
});

test.each([
  ['/pin 12', { kind: 'pin', seq: 12, on: true }],
  ['/unpin #12', { kind: 'pin', seq: 12, on: false }],
  ['/pin', { kind: 'arrange', changes: { pinned: true } }],
  ['/unpin', { kind: 'arrange', changes: { pinned: false } }],
  ['/pins', { kind: 'pins' }],
  ['/forward 12 bob', { kind: 'forward', seq: 12, to: 'bob' }],
  ['/forward #12 #2', { kind: 'forward', seq: 12, to: 2 }],
  ['/forward 12', { kind: 'mistake', message: expect.stringContaining('/forward 12 bob') }],
  ['/pin it', { kind: 'mistake', message: expect.stringContaining('/pin 12') }],
])('%s', (line, command) => {
  expect(parseCommand(line)).toEqual(command);
});

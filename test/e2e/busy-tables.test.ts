import { tableFaults } from '../../infra/local/dynamodb/table-faults.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { type Frame, join, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';

const tables = tableFaults();
let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem({ tables });
});
afterAll(() => system?.close());

const tableOf = (variable: string) => system.tableNames[variable] ?? '';
const says = (words: string) => (pushes: readonly Frame[]) =>
  pushes.some(({ message }) => message?.content.text === words);

test.each(['CONNECTION_TABLE', 'MESSAGE_TABLE', 'CONVERSATION_TABLE', 'SEND_TABLE'])(
  'a send outlives two refusals of the table %s',
  async (variable) => {
    const [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
    const { conversationId } = await alice.call('open', { kind: 'direct', members: ['bob'] });
    tables.throttle(tableOf(variable), 2);
    const ack = await alice.call('send', { conversationId, content: text(variable) });
    expect(ack).toMatchObject({ type: 'ack' });
    await bob.until(says(variable));
    for (const { socket } of [alice, bob]) socket.close();
  },
);

test('a conversation that no index shows yet is pushed to all the same, and listed by its mark', async () => {
  const [carol, dora] = await Promise.all([join(system, 'carol'), join(system, 'dora')]);
  tables.setIndexDelay(600_000);
  const { conversationId } = await carol.call('open', { kind: 'group', members: ['dora'] });
  await carol.call('send', { conversationId, content: text('soon') });
  await dora.until(says('soon'));
  expect((await dora.call('hello')).conversations).toMatchObject([{ conversationId, lastSeq: 1 }]);
  tables.setIndexDelay(0);
  for (const { socket } of [carol, dora]) socket.close();
});

test('an account whose quota of posts is used up delivers the rest later, by the queue', async () => {
  const names = ['erin', 'frank', 'grace', 'heidi', 'ivan'];
  const [erin, ...others] = await Promise.all(names.map(async (name) => join(system, name)));
  if (erin === undefined) throw new Error('nobody came');
  const { conversationId } = await erin.call('open', { kind: 'group', members: names.slice(1) });
  system.gateway.faults.setPostQuota(2);
  expect(await erin.call('send', { conversationId, content: text('to all') })).toMatchObject({ type: 'ack' });
  expect(others.filter(({ pushes }) => says('to all')(pushes)).length).toBeLessThan(4);
  await Promise.all(others.map(async (each) => each.until(says('to all'))));
  system.gateway.faults.setPostQuota(Number.POSITIVE_INFINITY);
  for (const { pushes } of others) expect(pushes.filter(({ type }) => type === 'message')).toHaveLength(1);
  for (const { socket } of [erin, ...others]) socket.close();
});

test('a write whose condition does not hold costs as much as one that is done', async () => {
  const [judy, kim] = await Promise.all([join(system, 'judy'), join(system, 'kim')]);
  const { conversationId } = await judy.call('open', { kind: 'direct', members: ['kim'] });
  const id = 'twice';
  tables.takeRefusedUnits();
  await judy.call('send', { id, conversationId, content: text('once') });
  const first = tables.takeRefusedUnits();
  await judy.call('send', { id, conversationId, content: text('once') });
  // The claim that the repeat is refused.
  expect(tables.takeRefusedUnits()).toBeGreaterThan(first);
  for (const { socket } of [judy, kim]) socket.close();
});

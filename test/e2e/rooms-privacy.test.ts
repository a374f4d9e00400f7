import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { type Frame, join, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { operatorHolds } from '../support/operator-holds.ts';
import { ownExport, textOf } from '../support/own-export.ts';
import { type SystemTables, systemTables } from '../support/system-tables.ts';

let system: LocalSystem;
let tables: SystemTables;
beforeAll(async () => {
  system = await startTestSystem();
  tables = systemTables(system);
});
afterAll(async () => {
  tables?.close();
  await system?.close();
});

/** A room that the first of them has opened and that all of them watch. */
async function roomOf(...people: readonly Person[]): Promise<string> {
  const { conversationId } = (await people[0]?.call('open', { kind: 'room', members: [] })) ?? {};
  for (const person of people) await person.call('watch', { conversationId });
  return conversationId;
}

const write = async (person: Person, conversationId: string, words: string): Promise<number> =>
  (await person.call('send', { conversationId, content: text(words) })).seq;
const wordsIn = async (person: Person, conversationId: string): Promise<string[]> =>
  (await wholeHistory(person, conversationId)).map(({ content }: Frame) => content.text);

test('a message of one’s own goes, and off the screens of whoever watches', async () => {
  const [alice, bob, zoe] = await Promise.all([
    join(system, 'alice'),
    join(system, 'bob'),
    join(system, 'zoe'),
  ]);
  const conversationId = await roomOf(alice, bob, zoe);
  const seq = await write(bob, conversationId, 'regretted');
  await write(alice, conversationId, 'stays');
  const scope = { scope: 'message', conversationId, seq };
  // Who has neither written it nor owns the room.
  expect((await zoe.call('erase', scope)).error.code).toBe('FORBIDDEN');
  expect((await bob.call('erase', scope)).state).toBe('accepted');
  await alice.until((pushes) => pushes.some(({ type }) => type === 'erased'));
  expect(alice.pushes.find(({ type }) => type === 'erased')).toEqual({
    type: 'erased',
    conversationId,
    rev: 1,
    seqs: [seq],
  });
  expect(await wordsIn(alice, conversationId)).toEqual(['stays']);
  for (const { socket } of [alice, bob, zoe]) socket.close();
});

test('an account takes along what was written in rooms, also after its user has watched for the last time', async () => {
  const [carol, dave] = await Promise.all([join(system, 'carol'), join(system, 'dave')]);
  const conversationId = await roomOf(carol, dave);
  for (const words of ['one', 'two', 'three']) await write(dave, conversationId, words);
  await write(carol, conversationId, 'four');
  await dave.call('unwatch', { conversationId });
  await dave.call('erase', { scope: 'account' });
  await dave.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
  const { stores } = dave.pushes.find(({ type }) => type === 'erasure');
  expect(stores).toContainEqual(expect.objectContaining({ store: 'messages', deleted: 3, found: 0 }));
  expect(await wordsIn(carol, conversationId)).toEqual(['four']);
  expect(JSON.stringify(await tables.all('MESSAGE_TABLE'))).not.toMatch(/dave/);
  expect(JSON.stringify(await tables.all('LIVE_TABLE'))).not.toMatch(/dave/);
  for (const { socket } of [carol, dave]) socket.close();
});

test('an export has what its user wrote in rooms, and nothing of the others', async () => {
  const [erin, frank] = await Promise.all([join(system, 'erin'), join(system, 'frank')]);
  const conversationId = await roomOf(erin, frank);
  await write(erin, conversationId, 'of erin');
  await write(frank, conversationId, 'of frank');
  for (const person of [erin, frank]) {
    const files = await ownExport(person);
    const exported = textOf(files[`messages/${conversationId}.jsonl`]);
    expect(exported).toMatch(`of ${person.userId}`);
    expect(Object.values(files).map(textOf).join()).not.toMatch(`of ${person === erin ? 'frank' : 'erin'}`);
  }
  for (const { socket } of [erin, frank]) socket.close();
});

test('a hold keeps what its user has written in rooms, and writes there from then on', async () => {
  const [gina, hugo] = await Promise.all([join(system, 'gina'), join(system, 'hugo')]);
  const conversationId = await roomOf(gina, hugo);
  await write(hugo, conversationId, 'before');
  await write(gina, conversationId, 'not held');
  const holds = operatorHolds(system, tables);
  const target = { kind: 'user', userId: 'hugo' } as const;
  await holds.hold(target);
  await holds.follow(target, 2);
  await write(hugo, conversationId, 'after');
  const rows = (await tables.all('MESSAGE_TABLE')).filter((row) => row['conversationId'] === conversationId);
  const timeless = rows.filter(({ expiresAt }) => expiresAt === undefined);
  expect(timeless.map(({ content }) => content.text).toSorted()).toEqual(['after', 'before']);
  for (const { socket } of [gina, hugo]) socket.close();
});

test('who withdraws is told nothing more and let in nowhere', async () => {
  const [iris, jack] = await Promise.all([join(system, 'iris'), join(system, 'jack')]);
  const conversationId = await roomOf(iris, jack);
  await jack.call('consent', { decision: 'withdraw' });
  await jack.closed;
  await write(iris, conversationId, 'alone');
  await iris.until((pushes) => pushes.some(({ type }) => type === 'messages'));
  expect(jack.pushes.filter(({ type }) => type === 'messages')).toEqual([]);
  expect(JSON.stringify(await tables.all('LIVE_TABLE'))).not.toMatch(/jack/);
  iris.socket.close();
});

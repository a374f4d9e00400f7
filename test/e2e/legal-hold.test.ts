import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import type { HoldTarget } from '../../shared/stores/privacy/holds.ts';
import { join, openDirect, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { holdItem, operatorHolds } from '../support/operator-holds.ts';
import { ageAll, deleteAll } from '../support/passing-time.ts';
import { type Item, type SystemTables, systemTables } from '../support/system-tables.ts';

let system: LocalSystem;
let tables: SystemTables;
let holds: ReturnType<typeof operatorHolds>;
let alice: Person;
let bob: Person;
let withBob: string;
let withCarol: string;
const logs: string[] = [];
const user: HoldTarget = { kind: 'user', userId: 'alice' };

beforeAll(async () => {
  system = await startTestSystem({ onLog: (name, line) => void logs.push(`${name} ${line}`) });
  tables = systemTables(system);
  holds = operatorHolds(system, tables);
  // Carol and Dora only have to have consented: who has not is waited for, and sent nothing.
  await Promise.all([join(system, 'carol'), join(system, 'dora')]);
  [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  withBob = await openDirect(alice, 'bob');
  withCarol = await openDirect(bob, 'carol');
  await alice.call('send', { conversationId: withBob, content: text('one') });
  await bob.call('send', { conversationId: withBob, content: text('two') });
  await bob.call('send', { conversationId: withCarol, content: text('three') });
  for (const [person, nickname] of [
    [alice, 'Alice'],
    [bob, 'Bob'],
  ] as const)
    await person.call('profile', { set: { nickname } });
});
afterAll(async () => {
  tables?.close();
  await system?.close();
});

const message = async (conversationId: string, seq: number) =>
  tables.get('MESSAGE_TABLE', { conversationId, seq });
const profile = async (userId: string) => tables.get('PROFILE_TABLE', { userId });
const head = async (conversationId: string) =>
  tables.get('CONVERSATION_TABLE', { conversationId, entry: 'head' });
const lastRun = async () => (await tables.records('purge')).at(-1);
const timeless = { heldExpiresAt: expect.any(Number), expiresAt: undefined };
const ending = { expiresAt: expect.any(Number), heldExpiresAt: undefined };
const stateOf = (item: Item | undefined) => ({
  expiresAt: item?.['expiresAt'],
  heldExpiresAt: item?.['heldExpiresAt'],
});

test('a hold on a user counts at once and takes the time to live off what is theirs, and off nothing else', async () => {
  const first = await holds.hold(user);
  expect(first).toMatchObject({
    target: user,
    state: 'placing',
    heldNotBefore: expect.any(String),
    keeps: ['messages', 'profile'],
    moved: 0,
    remaining: 'walk',
  });
  await holds.follow(user, 1);
  expect(stateOf(await message(withBob, 1))).toEqual(timeless);
  expect(stateOf(await profile('alice'))).toEqual(timeless);
  expect(stateOf(await message(withBob, 2))).toEqual(ending);
  expect(stateOf(await message(withCarol, 1))).toEqual(ending);
  expect(stateOf(await profile('bob'))).toEqual(ending);
  const moved = expect.any(Number);
  const second = await holds.hold(user);
  expect(second).toEqual({ ...first, heldNotBefore: expect.any(String), moved, remaining: 'second look' });
  expect(second.heldNotBefore >= first.heldNotBefore).toBe(true);
  await holds.follow(user, 2);
  const { heldNotBefore: _over, ...rest } = first;
  expect(await holds.hold(user)).toEqual({ ...rest, state: 'held', moved, remaining: 'nothing' });
});

test('each call leaves an audit line', () => {
  const line = logs.find((each) => each.startsWith('admin-hold') && each.includes('audit')) ?? '';
  expect(JSON.parse(line.slice(line.indexOf('{')).split('\n')[0] ?? '')).toMatchObject({
    command: 'hold',
    operator: 'olga',
    subject: 'user#alice',
    code: 'OK',
  });
});

test('what is sent, set and opened during the hold is stored as held, and nobody sees a difference', async () => {
  const ack = await alice.call('send', { conversationId: withBob, content: text('four') });
  expect(ack.expiresAt).toBe(Math.floor(ack.sentAt / 1000) + 604_800);
  expect(await bob.call('send', { conversationId: withBob, content: text('five') })).toMatchObject({
    seq: 4,
  });
  expect(stateOf(await message(withBob, 3))).toEqual(timeless);
  expect(stateOf(await message(withBob, 4))).toEqual(ending);
  const history = await wholeHistory(bob, withBob);
  expect(history.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  for (const each of history) expect(each).toMatchObject({ expiresAt: expect.any(Number) });
  expect(JSON.stringify([history, bob.pushes, await alice.call('hello')])).not.toMatch(/held/i);

  const withDora = await openDirect(alice, 'dora');
  await alice.call('send', { conversationId: withDora, content: text('six') });
  expect(stateOf(await message(withDora, 1))).toEqual(timeless);

  const { profiles } = await alice.call('profile', { set: { signature: 'changed' } });
  expect(profiles[0]).toMatchObject({ signature: 'changed', expiresAt: expect.any(Number) });
  expect(stateOf(await profile('alice'))).toEqual(timeless);
});

test('a hold on a conversation that is not there is refused', async () => {
  const conversationId = `d-${'x'.repeat(32)}`;
  expect(await holds.hold({ kind: 'conversation', conversationId })).toMatchObject({
    error: { code: 'NOT_FOUND' },
  });
  expect(await holds.release({ kind: 'conversation', conversationId })).toMatchObject({ state: 'none' });
});

test('a hold on a conversation keeps what everybody writes in it, and takes it out of the index of the sweeper', async () => {
  const target: HoldTarget = { kind: 'conversation', conversationId: withCarol };
  expect(await holds.hold(target)).toMatchObject({ state: 'placing', keeps: ['messages'] });
  await holds.follow(target, 2);
  expect(stateOf(await message(withCarol, 1))).toEqual(timeless);
  expect(await head(withCarol)).not.toHaveProperty('purgeShard');
  await bob.call('send', { conversationId: withCarol, content: text('seven') });
  expect(stateOf(await message(withCarol, 2))).toEqual(timeless);
  expect(await head(withCarol)).not.toHaveProperty('purgeShard');
});

test('when all has expired nobody reads any of it, the held stays and the rest goes', async () => {
  await ageAll(tables);
  expect(await wholeHistory(bob, withBob)).toEqual([]);
  expect((await alice.call('profile', { get: ['alice'] })).profiles).toEqual([{ userId: 'alice' }]);
  await deleteAll(system, tables);
  const left = (await tables.all('MESSAGE_TABLE')).map(({ from, content }) => `${from}: ${content.text}`);
  expect(left.toSorted()).toEqual(['alice: four', 'alice: one', 'alice: six', 'bob: seven', 'bob: three']);
  expect((await tables.all('PROFILE_TABLE')).map(({ userId }) => userId)).toEqual(['alice']);
  expect(await wholeHistory(bob, withBob)).toEqual([]);
  expect(await wholeHistory(bob, withCarol)).toEqual([]);
  expect(await lastRun()).toMatchObject({ failures: 0, complete: true, oldestExpiredItemAge: 0 });
});

test('released, it goes within the bound, counted as late from the release on', async () => {
  const targets: readonly HoldTarget[] = [user, { kind: 'conversation', conversationId: withCarol }];
  for (const target of targets) {
    expect(await holds.release(target)).toMatchObject({ state: 'releasing', remaining: 'walk' });
    await holds.follow(target, 1);
  }
  expect(stateOf(await message(withBob, 1))).toEqual(ending);
  expect(await head(withCarol)).toMatchObject({ purgeShard: expect.any(String) });
  expect(await system.schedules.fire('purge')).toMatchObject({ ok: true });
  expect((await lastRun())?.['oldestExpiredItemAge']).toBeLessThan(600);
  await deleteAll(system, tables);
  expect(await tables.all('MESSAGE_TABLE')).toEqual([]);
  expect(await tables.all('PROFILE_TABLE')).toEqual([]);
  for (const target of targets) {
    await holds.follow(target, 2);
    expect(await holds.release(target)).toMatchObject({ state: 'none', since: null });
  }
  expect(JSON.stringify(await tables.all('CONVERSATION_TABLE'))).not.toContain('"held"');
  await alice.call('send', { conversationId: withBob, content: text('eight') });
  expect(stateOf(await message(withBob, 5))).toEqual(ending);
});

test('work whose queue message was lost is taken up by the schedule', async () => {
  await tables.put('PRIVACY_TABLE', {
    ...holdItem(user),
    target: user,
    state: 'held',
    since: Date.now(),
    revision: 1,
    moved: 0,
    walk: { round: 1, notBefore: 0 },
  });
  expect(await system.schedules.fire('apply-holds')).toMatchObject({ ok: true });
  await expect(system.invoke('apply-holds', {})).resolves.toMatchObject({ ok: true });
  await holds.follow(user, 1);
  expect(stateOf(await message(withBob, 5))).toEqual(timeless);
});

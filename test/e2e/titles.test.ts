import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, type Frame, join, type Person, text } from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { startTestSystem } from '../support/local-system.ts';
import { type SystemTables, systemTables } from '../support/system-tables.ts';

let system: LocalSystem;
let tables: SystemTables;
let alice: Person;
let bob: Person;
const logs: string[] = [];

beforeAll(async () => {
  system = await startTestSystem({ onLog: (name, line) => void logs.push(`${name} ${line}`) });
  tables = systemTables(system);
  [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
});
afterAll(async () => {
  tables?.close();
  await system?.close();
});

async function group(title: string): Promise<string> {
  const frame = { kind: 'group', members: ['bob'], title };
  const { conversationId } = await alice.call('open', frame);
  await alice.call('send', { conversationId, content: text('hello') });
  return conversationId;
}
const titleFor = async (person: Person, id: string): Promise<string | undefined> =>
  (await person.call('conversations')).conversations.find(
    ({ conversationId }: { conversationId: string }) => conversationId === id,
  )?.title;
async function receiptOf(person: Person, requestId: string): Promise<Frame> {
  const isIt = (push: Frame) => push.type === 'erasure' && push.requestId === requestId;
  await person.until((pushes) => pushes.some(isIt));
  return person.pushes.find(isIt);
}
const keyOf = (conversationId: string) => ({ userId: `#${conversationId}` });
const nowSeconds = () => Math.floor(Date.now() / 1000);

test('a title is one row of the table of profiles, and nowhere else', async () => {
  const id = await group('Nowhere else');
  expect(await titleFor(bob, id)).toBe('Nowhere else');
  expect(await tables.get('PROFILE_TABLE', keyOf(id))).toMatchObject({ title: 'Nowhere else', by: 'alice' });
  expect(JSON.stringify(await tables.all('CONVERSATION_TABLE'))).not.toContain('Nowhere else');
});

test('at its end it is shown to nobody, while it is still there; its sweeper takes it, and says nothing was late', async () => {
  const id = await group('Over');
  const lasting = await group('Lasting');
  const week = 604_800;
  await tables.change('PROFILE_TABLE', keyOf(id), {
    ...{ updatedAt: (nowSeconds() - week) * 1000, sweepFrom: (nowSeconds() - week) * 1000 },
    endsAt: nowSeconds(),
  });
  for (const person of [alice, bob]) expect(await titleFor(person, id)).toBeUndefined();
  expect(await tables.get('PROFILE_TABLE', keyOf(id))).toMatchObject({ title: 'Over' });
  expect(await system.schedules.fire('sweep-profiles')).toMatchObject({ ok: true });
  expect(await tables.get('PROFILE_TABLE', keyOf(id))).toBeUndefined();
  expect(await titleFor(bob, lasting)).toBe('Lasting');
  const told = logs.findLast((line) => line.startsWith('sweep-profiles') && line.includes('_aws')) ?? '';
  expect(JSON.parse(told.slice(told.indexOf('{')))).toMatchObject({
    OldestExpiredProfileAge: 0,
    PurgedProfiles: 1,
    PurgeFailures: 0,
  });
});

test('its author and nobody else renews it, by coming; likewise the profile', async () => {
  const id = await group('Kept in use');
  await alice.call('profile', { set: { nickname: 'Alice' } });
  const soon = nowSeconds() + 3_600;
  const endOf = async (Key: object) => (await tables.get('PROFILE_TABLE', Key))?.['endsAt'];
  for (const Key of [keyOf(id), { userId: 'alice' }])
    await tables.change('PROFILE_TABLE', Key, { endsAt: soon });
  await bob.call('hello');
  expect([await endOf(keyOf(id)), await endOf({ userId: 'alice' })]).toEqual([soon, soon]);
  await alice.call('hello');
  expect(await endOf(keyOf(id))).toBeGreaterThan(soon + 86_400);
  expect(await endOf({ userId: 'alice' })).toBeGreaterThan(soon + 86_400);
});

test('it goes with what its author wrote in the group, and with their account, while others stay', async () => {
  const [first, second] = [await group('Erased with the words'), await group('Erased with all')];
  const { requestId } = await alice.call('erase', { scope: 'conversation', conversationId: first });
  const receipt = await receiptOf(alice, requestId);
  expect(receipt.stores).toContainEqual({
    ...{ store: 'profiles', outcome: 'erased' },
    ...{ deleted: 1, found: 0, held: 0 },
  });
  expect([await titleFor(bob, first), await titleFor(bob, second)]).toEqual([undefined, 'Erased with all']);
  const all = await alice.call('erase', { scope: 'account' });
  await receiptOf(alice, all.requestId);
  expect(await titleFor(await connect(system, 'bob'), second)).toBeUndefined();
  const kept = await everythingKept(system);
  expect(kept.filter(({ text: each }) => each.includes('Erased with'))).toEqual([]);
});

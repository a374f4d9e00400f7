import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, type Frame, join, type Person, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { systemTables } from '../support/system-tables.ts';

let system: LocalSystem;
let tables: ReturnType<typeof systemTables>;
beforeAll(async () => {
  system = await startTestSystem();
  tables = systemTables(system);
  await Promise.all([...crowd, 'carol'].map(agree));
});
afterAll(async () => {
  tables?.close();
  await system?.close();
});

/** Large with them, whoever else is in it. */
const crowd = Array.from({ length: 40 }, (_, index) => `crowd-${index}`);

/** Is gone again afterwards: whoever has not agreed is no member yet. */
async function agree(userId: string): Promise<void> {
  const { socket, closed } = await join(system, userId);
  socket.close();
  await closed;
}

const has = (seq: number) => (pushes: readonly Frame[]) =>
  pushes.some(({ type, message }) => type === 'message' && message.seq === seq);

async function say(person: Person, conversationId: string): Promise<number> {
  return (await person.call('send', { conversationId, content: text('hello') })).seq;
}

/** The rows that say of this user where they are found, or which groups they are in. */
async function rowsOf(userId: string): Promise<readonly object[]> {
  const rows = await tables.all('LIVE_TABLE');
  return rows.filter((row) => row['userId'] === userId || row['place'] === `groups#${userId}`);
}

test('a large group reaches who was connected before it was made, who connects later, and nobody who has left', async () => {
  const [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  const { conversationId } = await alice.call('open', { kind: 'group', members: ['bob', 'carol', ...crowd] });
  expect(await tables.get('CONVERSATION_TABLE', { conversationId, entry: 'head' })).toMatchObject({
    liveShards: 1,
  });
  const carol = await join(system, 'carol');
  const first = await say(alice, conversationId);
  await Promise.all([bob, carol].map(async (each) => each.until(has(first))));
  const tablet = await connect(system, 'bob');
  const second = await say(carol, conversationId);
  await Promise.all([alice, bob, tablet].map(async (each) => each.until(has(second))));
  tablet.socket.close();
  await tablet.closed;
  // By the end of the function that hears of it.
  while ((await rowsOf('bob')).length > 2) await alice.call('ping');
  const third = await say(alice, conversationId);
  await bob.until(has(third));
  for (const { socket } of [alice, bob, carol]) socket.close();
});

test('a group that grows past 32 reaches everybody once with each message, before, while and after, and those who come find it in their list', async () => {
  const [ruth, sam, tess] = await Promise.all(['ruth', 'sam', 'tess'].map(async (id) => join(system, id)));
  if (ruth === undefined || sam === undefined || tess === undefined) throw new Error('nobody came');
  const { conversationId } = await ruth.call('open', {
    kind: 'group',
    members: ['sam', ...crowd.slice(0, 29)],
  });
  const headOf = async () => tables.get('CONVERSATION_TABLE', { conversationId, entry: 'head' });
  const before = await say(ruth, conversationId);
  await sam.until(has(before));
  expect(await headOf()).not.toHaveProperty('liveShards');
  const meanwhile = Array.from({ length: 6 }, async () => say(sam, conversationId));
  const added = ruth.call('members', { conversationId, add: ['tess', ...crowd.slice(29, 33)] });
  const seqs = await Promise.all(meanwhile);
  expect((await added).members).toContain('tess');
  expect(await headOf()).toMatchObject({ liveShards: 1, memberCount: 36 });
  const after = await say(ruth, conversationId);
  await Promise.all([sam, tess].map(async (each) => each.until(has(after))));
  await ruth.until(has(Math.max(...seqs)));
  const came = (person: Person) =>
    person.pushes.flatMap(({ type, message }) =>
      type === 'message' && message.conversationId === conversationId ? [message.seq] : [],
    );
  for (const each of [ruth, sam, tess]) expect(came(each).length).toBe(new Set(came(each)).size);
  const event = sam.pushes.find(({ message }) => message?.content?.event === 'members')?.message.seq;
  const texts = [before, ...seqs, after];
  expect(came(ruth).toSorted((one, other) => one - other)).toEqual(
    [...seqs, event].toSorted((one, other) => one - other),
  );
  expect(new Set(came(sam))).toEqual(new Set([before, after, event]));
  expect(new Set(came(tess))).toEqual(new Set([event, ...texts.filter((seq) => seq > event)]));
  const marks = (await tables.all('PERSONAL_TABLE')).filter(
    ({ userId, entry }) => userId === 'tess' && String(entry).endsWith(`#${conversationId}`),
  );
  expect(marks).toHaveLength(1);
  // As on the day after: the queue marks everybody, and takes the former marks away.
  const head = await headOf();
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await tables.put('CONVERSATION_TABLE', { ...head, recentOn: yesterday });
  await tables.put('PERSONAL_TABLE', {
    userId: 'tess',
    entry: `recent#${yesterday}#${conversationId}`,
    at: 1,
    expiresAt: 4e9,
  });
  await say(ruth, conversationId);
  const marksOfTess = async () =>
    (await tables.all('PERSONAL_TABLE')).filter(
      ({ userId, entry }) => userId === 'tess' && String(entry).endsWith(`#${conversationId}`),
    );
  while ((await headOf())?.['recentOn'] === yesterday) await ruth.call('ping');
  while ((await marksOfTess()).length > 1) await ruth.call('ping');
  expect(await marksOfTess()).toMatchObject([{ entry: expect.not.stringContaining(yesterday) }]);
  for (const { socket } of [ruth, sam, tess]) socket.close();
});

test('who withdraws is pushed to by no large group from the ack on, and erased leaves no row', async () => {
  const [dora, eve] = await Promise.all([join(system, 'dora'), join(system, 'eve')]);
  const { conversationId } = await dora.call('open', { kind: 'group', members: ['eve', ...crowd] });
  const seq = await say(dora, conversationId);
  await eve.until(has(seq));
  expect(await rowsOf('eve')).toHaveLength(2);
  const tablet = await connect(system, 'eve');
  await eve.call('consent', { decision: 'withdraw' });
  expect(await rowsOf('eve')).toEqual([expect.objectContaining({ place: 'groups#eve' })]);
  await Promise.all([eve.closed, tablet.closed]);
  await say(dora, conversationId);
  expect(eve.pushes.filter(({ type }) => type === 'message')).toHaveLength(1);
  const back = await join(system, 'eve');
  const { requestId } = await back.call('erase', { scope: 'account' });
  await back.until((pushes) => pushes.some((each) => each.requestId === requestId));
  const receipt = back.pushes.find((each) => each.requestId === requestId);
  expect(receipt.stores).toContainEqual(
    expect.objectContaining({ store: 'live', outcome: 'erased', deleted: 1, found: 0 }),
  );
  expect(await rowsOf('eve')).toEqual([]);
  dora.socket.close();
});

test('somebody whom nothing has noted for long is found again once they look at their conversations', async () => {
  const [frank, grace] = await Promise.all([join(system, 'frank'), join(system, 'grace')]);
  const { conversationId } = await frank.call('open', { kind: 'group', members: ['grace', ...crowd] });
  for (const { place, entry } of (await rowsOf('grace')) as { place: string; entry: string }[])
    await tables.remove('LIVE_TABLE', { place, entry });
  const first = await say(frank, conversationId);
  expect((await grace.call('hello')).conversations).toMatchObject([{ conversationId, lastSeq: first }]);
  const second = await say(frank, conversationId);
  await grace.until(has(second));
  expect(grace.pushes.filter(({ type }) => type === 'message')).toHaveLength(1);
  for (const { socket } of [frank, grace]) socket.close();
});

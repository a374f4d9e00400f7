import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, type Frame, join, openDirect, type Person, text } from '../support/chat-person.ts';
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

const joined = async (...names: readonly string[]): Promise<readonly Person[]> =>
  Promise.all(names.map(async (name) => join(system, name)));
const groupOf = async (owner: Person, members: readonly string[]): Promise<string> =>
  (await owner.call('open', { kind: 'group', members })).conversationId;
const say = async (person: Person, conversationId: string): Promise<number> =>
  (await person.call('send', { conversationId, content: text('hello') })).seq;
const react = async (person: Person, conversationId: string, seq: number, emoji: string, on = true) =>
  person.call('react', { conversationId, seq, emoji, on });
const isReacted = (push: Frame) => push.type === 'reacted';
const reactedPushes = (person: Person) => person.pushes.filter(isReacted);
const shown = async (person: Person, conversationId: string, seq: number): Promise<Frame> =>
  (await person.call('history', { conversationId })).messages.find((each: Frame) => each.seq === seq)
    ?.reactions;
const ownRows = async (userId: string) =>
  (await tables.all('PERSONAL_TABLE')).filter(
    (row) => row['userId'] === userId && String(row['entry']).startsWith('react#'),
  );
const changesOf = async (conversationId: string) =>
  (await tables.all('CHANGE_TABLE')).filter((row) => row['conversationId'] === conversationId);

test('everybody sees how often and their own; another device is told; what is so already changes nothing', async () => {
  const [alice, bob] = (await joined('alice', 'bob')) as [Person, Person];
  const tablet = await connect(system, 'alice');
  const conversationId = await groupOf(alice, ['bob']);
  const seq = await say(bob, conversationId);
  expect(await react(alice, conversationId, seq, '❤')).toMatchObject({
    ...{ conversationId, seq, rev: 1 },
    reactions: [{ emoji: '❤️', count: 1, own: true }],
  });
  const by = { userId: 'alice', emoji: '❤️', on: true };
  const push = { type: 'reacted', conversationId, seq, rev: 1, reactions: [{ emoji: '❤️', count: 1 }], by };
  for (const person of [bob, tablet]) {
    await person.until((pushes) => pushes.some(isReacted));
    expect(reactedPushes(person)).toEqual([push]);
  }
  expect(reactedPushes(alice)).toEqual([]);
  expect(await react(bob, conversationId, seq, '👍🏽')).toMatchObject({ rev: 2 });
  expect(await react(bob, conversationId, seq, '👍🏽')).toMatchObject({ rev: 2 });
  expect(await react(bob, conversationId, seq, '❤️')).toMatchObject({ rev: 3 });
  expect(await shown(alice, conversationId, seq)).toEqual([
    { emoji: '❤️', count: 2, own: true },
    { emoji: '👍🏽', count: 1 },
  ]);
  expect(await react(alice, conversationId, seq, '❤️', false)).toMatchObject({
    rev: 4,
    reactions: [
      { emoji: '❤️', count: 1 },
      { emoji: '👍🏽', count: 1 },
    ],
  });
  expect(await changesOf(conversationId)).toHaveLength(4);
  expect(await ownRows('alice')).toEqual([]);
  const listed = (await alice.call('conversations')).conversations[0];
  expect(listed.unread).toBe(1);
  expect((await tables.get('CONVERSATION_TABLE', { conversationId, entry: 'head' }))?.['lastRev']).toBe(4);
});

test('a repeat of an act that was undone since does not do it again', async () => {
  const [dora, emil] = (await joined('dora', 'emil')) as [Person, Person];
  const conversationId = await groupOf(dora, ['emil']);
  const seq = await say(emil, conversationId);
  const fields = { conversationId, seq, emoji: '🎉', on: true, id: 'once' };
  await dora.call('react', fields);
  await react(dora, conversationId, seq, '🎉', false);
  expect(await dora.call('react', fields)).toMatchObject({ duplicate: true, reactions: [] });
  expect(await shown(dora, conversationId, seq)).toBeUndefined();
});

test.each(['👍👍', 'a', '', ' 👍', '1', '👍a', '\u200d', '한'])('%j is no reaction', async (emoji) => {
  const someone = await join(system, 'someone');
  const conversationId = await groupOf(someone, ['bob']);
  const seq = await say(someone, conversationId);
  expect((await react(someone, conversationId, seq, emoji)).error?.code).toBe('INVALID_FRAME');
  someone.socket.close();
});

test('a person gives three, a message takes twelve kinds', async () => {
  const people = await joined('p1', 'p2', 'p3', 'p4', 'p5');
  const [p1, p2, p3, p4, p5] = people as [Person, Person, Person, Person, Person];
  const conversationId = await groupOf(p1, ['p2', 'p3', 'p4', 'p5']);
  const seq = await say(p1, conversationId);
  const kinds = ['😀', '😁', '😂', '🤣', '😃', '😄', '😅', '😆', '😉', '😊', '😋', '😎'];
  for (const [index, person] of [p1, p2, p3, p4].entries())
    for (const emoji of kinds.slice(index * 3, index * 3 + 3))
      expect((await react(person, conversationId, seq, emoji)).error).toBeUndefined();
  expect((await react(p1, conversationId, seq, '😎')).error?.code).toBe('TOO_LARGE');
  expect((await react(p5, conversationId, seq, '🥳')).error?.code).toBe('TOO_LARGE');
  expect((await react(p5, conversationId, seq, '😎')).reactions.at(-1)).toEqual({
    ...{ emoji: '😎', count: 2, own: true },
  });
  for (const { socket } of people) socket.close();
});

test('to nothing that cannot be read, and by nobody who has left', async () => {
  const [fay, gus, eve] = (await joined('fay', 'gus', 'eve')) as [Person, Person, Person];
  const conversationId = await groupOf(fay, ['gus']);
  const seq = await say(fay, conversationId);
  const other = await say(fay, conversationId);
  const code = async (person: Person, at: number) =>
    (await react(person, conversationId, at, '👍')).error?.code;
  expect(await code(eve, seq)).toBe('NOT_FOUND');
  expect(await code(gus, 99)).toBe('NOT_FOUND');
  await gus.call('members', { conversationId, leave: true });
  // The event by which he left.
  expect(await code(fay, other + 1)).toBe('NOT_FOUND');
  expect(await code(gus, seq)).toBe('NOT_FOUND');
  await react(fay, conversationId, other, '👍');
  await fay.call('erase', { scope: 'message', conversationId, seq: other });
  await fay.until((pushes) => pushes.some(({ type }) => type === 'erased'));
  expect(await code(fay, other)).toBe('NOT_FOUND');
  expect(await tables.get('MESSAGE_TABLE', { conversationId, seq: other })).not.toHaveProperty('reactions');
});

test('where one of two blocks the other, what they give is seen by themselves alone, also later', async () => {
  const [hal, ida] = (await joined('hal', 'ida')) as [Person, Person];
  const conversationId = await openDirect(hal, 'ida');
  const seq = await say(ida, conversationId);
  await say(hal, conversationId);
  await ida.call('block', { userId: 'hal', blocked: true });
  const phone = await connect(system, 'hal');
  expect(await react(hal, conversationId, seq, '😢')).toMatchObject({
    reactions: [{ emoji: '😢', count: 1, own: true }],
  });
  await phone.until((pushes) => pushes.some(isReacted));
  await ida.call('block', { userId: 'hal', blocked: false });
  expect(await shown(ida, conversationId, seq)).toBeUndefined();
  expect(reactedPushes(ida)).toEqual([]);
  expect(await shown(hal, conversationId, seq)).toEqual([{ emoji: '😢', count: 1, own: true }]);
  expect(await changesOf(conversationId)).toEqual([]);
  expect(textOf((await ownExport(hal))['personal.jsonl'])).not.toContain('unseen');
});

test('an account takes its reactions along, those of others stay; an export lists one’s own', async () => {
  const [jon, kim] = (await joined('jon', 'kim')) as [Person, Person];
  const conversationId = await groupOf(jon, ['kim']);
  const seq = await say(jon, conversationId);
  await react(jon, conversationId, seq, '👍');
  await react(kim, conversationId, seq, '👍');
  await react(kim, conversationId, seq, '👀');
  const line = textOf((await ownExport(kim))['personal.jsonl'])
    .split('\n')
    .filter((each) => each.includes('react#'));
  expect(line).toHaveLength(1);
  expect(JSON.parse(line[0] ?? '')).toMatchObject({
    ...{ conversationId, seq },
    given: [{ emoji: '👍' }, { emoji: '👀' }],
  });
  await kim.call('erase', { scope: 'account' });
  await kim.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
  const { stores } = kim.pushes.find(({ type }) => type === 'erasure');
  expect(stores.find(({ store }: Frame) => store === 'personal')).toMatchObject({
    outcome: 'erased',
    found: 0,
  });
  expect(await ownRows('kim')).toEqual([]);
  expect(await shown(jon, conversationId, seq)).toEqual([{ emoji: '👍', count: 1, own: true }]);
  await jon.until((pushes) => pushes.some((push) => isReacted(push) && push.by === undefined));
  expect(await changesOf(conversationId)).toHaveLength(4);
});

test('a hold on somebody keeps what they gave, past its end and their erasure, until it is lifted', async () => {
  const [lea, max] = (await joined('lea', 'max')) as [Person, Person];
  const conversationId = await groupOf(lea, ['max']);
  const seq = await say(lea, conversationId);
  await react(max, conversationId, seq, '👍');
  await react(lea, conversationId, seq, '👀');
  const holds = operatorHolds(system, tables);
  const target = { kind: 'user', userId: 'max' } as const;
  await holds.hold(target);
  await holds.follow(target, 2);
  expect(await ownRows('max')).toMatchObject([{ heldExpiresAt: expect.any(Number) }]);
  expect((await ownRows('max'))[0]).not.toHaveProperty('expiresAt');
  expect(await ownRows('lea')).toMatchObject([{ expiresAt: expect.any(Number) }]);
  // What is given under the hold is held from the start.
  await react(max, conversationId, seq, '🎉');
  expect((await ownRows('max'))[0]).not.toHaveProperty('expiresAt');
  await max.call('erase', { scope: 'account' });
  while (
    (await tables.all('PERSONAL_TABLE')).some(
      (row) => row['userId'] === 'max' && row['entry'] === 'lastActive',
    )
  )
    await lea.call('ping');
  expect(await ownRows('max')).toHaveLength(1);
  expect(await shown(lea, conversationId, seq)).toMatchObject([
    { emoji: '👍' },
    { emoji: '👀' },
    { emoji: '🎉' },
  ]);
  await holds.release(target);
  await holds.follow(target, 2);
  while ((await ownRows('max')).length > 0) await lea.call('ping');
  expect(await shown(lea, conversationId, seq)).toEqual([{ emoji: '👀', count: 1, own: true }]);
});

test('what a hold has kept goes with it, also where the message has gone since', async () => {
  const [pia, quin] = (await joined('pia', 'quin')) as [Person, Person];
  const conversationId = await groupOf(pia, ['quin']);
  const seq = await say(pia, conversationId);
  await react(quin, conversationId, seq, '👍');
  const holds = operatorHolds(system, tables);
  const target = { kind: 'user', userId: 'quin' } as const;
  await holds.hold(target);
  await holds.follow(target, 2);
  await pia.call('erase', { scope: 'message', conversationId, seq });
  await pia.until((pushes) => pushes.some(({ type }) => type === 'erased'));
  expect((await ownRows('quin'))[0]).not.toHaveProperty('expiresAt');
  await holds.release(target);
  await holds.follow(target, 2);
  expect((await ownRows('quin'))[0]).toMatchObject({ expiresAt: expect.any(Number) });
  expect((await ownRows('quin'))[0]).not.toHaveProperty('heldExpiresAt');
});

test('a hold on a conversation keeps what its members gave there, and nothing that they gave elsewhere', async () => {
  const [rob, sue] = (await joined('rob', 'sue')) as [Person, Person];
  const [here, there] = [await groupOf(rob, ['sue']), await groupOf(rob, ['sue'])];
  for (const conversationId of [here, there])
    await react(sue, conversationId, await say(rob, conversationId), '👍');
  const holds = operatorHolds(system, tables);
  const target = { kind: 'conversation', conversationId: here } as const;
  await holds.hold(target);
  await holds.follow(target, 2);
  const held = async () =>
    (await ownRows('sue'))
      .filter((row) => row['expiresAt'] === undefined)
      .map((row) => String(row['entry']).includes(here));
  expect(await held()).toEqual([true]);
  await holds.release(target);
  await holds.follow(target, 2);
  expect(await held()).toEqual([]);
});

test('in a room everybody is told once for many, without a name', async () => {
  const [nia, ole] = (await joined('nia', 'ole')) as [Person, Person];
  const { conversationId } = await nia.call('open', { kind: 'room', members: [] });
  for (const person of [nia, ole]) await person.call('watch', { conversationId });
  const seq = await say(nia, conversationId);
  const given = ['👍', '👀', '🎉'];
  for (const emoji of given) expect((await react(nia, conversationId, seq, emoji)).error).toBeUndefined();
  await ole.until((pushes) => pushes.some(isReacted));
  expect(reactedPushes(ole)).toEqual([
    {
      ...{ type: 'reacted', conversationId, seq, rev: 3 },
      reactions: given.map((emoji) => ({ emoji, count: 1 })),
    },
  ]);
  expect((await shown(nia, conversationId, seq)).every(({ own }: Frame) => own)).toBe(true);
});

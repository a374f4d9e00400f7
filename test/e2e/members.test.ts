import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { type Frame, join, type Person, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { operatorHolds } from '../support/operator-holds.ts';
import { ownExport, textOf } from '../support/own-export.ts';
import { type SystemTables, systemTables } from '../support/system-tables.ts';

let system: LocalSystem;
let tables: SystemTables;
let alice: Person;
let bob: Person;
let carol: Person;

beforeAll(async () => {
  system = await startTestSystem();
  tables = systemTables(system);
  [alice, bob, carol] = await Promise.all([
    join(system, 'alice'),
    join(system, 'bob'),
    join(system, 'carol'),
  ]);
});
afterAll(async () => {
  tables?.close();
  await system?.close();
});

const group = async (rest: object = {}): Promise<string> =>
  (await alice.call('open', { kind: 'group', members: ['bob'], ...rest })).conversationId;
const say = async (person: Person, conversationId: string, words: string) =>
  person.call('send', { conversationId, content: text(words) });
const codeOf = async (person: Person, action: string, fields: object): Promise<string | undefined> =>
  (await person.call(action, fields)).error?.code;
const pushed = async (person: Person, isIt: (push: Frame) => boolean): Promise<Frame> => {
  await person.until((pushes) => pushes.some(isIt));
  return person.pushes.find(isIt);
};
const readBy = async (person: Person, conversationId: string): Promise<readonly Frame[]> =>
  (await person.call('history', { conversationId })).messages;
const textsOf = (messages: readonly Frame[]) =>
  messages.map(({ content }) => (content.type === 'text' ? content.text : content.event));

test('who is added is told at once, gets what is written from then on, and reads nothing of before', async () => {
  const conversationId = await group();
  await say(alice, conversationId, 'before');
  const ack = await alice.call('members', { conversationId, add: ['carol'] });
  expect(ack).toMatchObject({ members: ['alice', 'bob', 'carol'], roles: { alice: 'owner' }, revision: 1 });
  expect(
    await pushed(carol, (push) => push.type === 'opened' && push.conversationId === conversationId),
  ).toMatchObject({ kind: 'group', lastSeq: 2 });
  const change = (push: Frame) => push.type === 'members' && push.conversationId === conversationId;
  for (const person of [bob, carol])
    expect(await pushed(person, change)).toMatchObject({
      revision: 1,
      added: ['carol'],
      removed: [],
      by: 'alice',
    });
  await say(bob, conversationId, 'after');
  const isAfter = (push: Frame) => push.type === 'message' && push.message.content.text === 'after';
  expect((await pushed(carol, isAfter)).message.seq).toBe(3);
  expect(textsOf(await readBy(carol, conversationId))).toEqual(['members', 'after']);
  expect(textsOf(await readBy(bob, conversationId))).toEqual(['before', 'members', 'after']);
});

test('who is removed is told, gets nothing more, writes nothing more, and keeps what was theirs', async () => {
  const conversationId = await group({ members: ['bob', 'carol'] });
  await say(carol, conversationId, 'mine');
  await alice.call('members', { conversationId, remove: ['carol'] });
  await pushed(carol, (push) => push.type === 'members' && push.removed.includes('carol'));
  await say(alice, conversationId, 'without her');
  expect(await codeOf(carol, 'send', { conversationId, content: text('still here') })).toBe('NOT_FOUND');
  expect(textsOf(await readBy(carol, conversationId))).toEqual(['mine', 'members']);
  expect(await codeOf(carol, 'members', { conversationId })).toBe('NOT_FOUND');
});

test('what somebody wrote in a group that they have left is theirs: in their export, under a hold on them, and erased with their account', async () => {
  const dan = await join(system, 'dan');
  const conversationId = await group({ members: ['bob', 'dan'], afterLeaving: 'nothing' });
  await say(dan, conversationId, 'written by dan');
  await say(bob, conversationId, 'written by bob');
  await dan.call('members', { conversationId, leave: true });
  const key = { conversationId, entry: 'former#dan' };
  expect(await tables.get('CONVERSATION_TABLE', key)).toMatchObject({
    userId: 'dan',
    toSeq: 0,
    expiresAt: expect.any(Number),
  });
  expect(await codeOf(dan, 'history', { conversationId })).toBe('NOT_FOUND');
  const files = await ownExport(dan);
  const lines = textOf(files[`messages/${conversationId}.jsonl`]);
  expect([lines.includes('written by dan'), lines.includes('written by bob')]).toEqual([true, false]);

  const holds = operatorHolds(system, tables);
  const target = { kind: 'user', userId: 'dan' } as const;
  await holds.hold(target);
  await holds.follow(target, 1);
  expect(await tables.get('CONVERSATION_TABLE', key)).toMatchObject({ heldExpiresAt: expect.any(Number) });
  expect(await tables.get('MESSAGE_TABLE', { conversationId, seq: 1 })).toHaveProperty('heldExpiresAt');
  await holds.release(target);
  await holds.follow(target, 2);

  const { requestId } = await dan.call('erase', { scope: 'account' });
  const isIt = (push: Frame) =>
    push.type === 'erasure' && push.requestId === requestId && push.state === 'done';
  await dan.until((pushes) => pushes.some(isIt));
  expect(await tables.get('CONVERSATION_TABLE', key)).toBeUndefined();
  expect(textsOf(await readBy(alice, conversationId))).toEqual(['written by bob']);
});

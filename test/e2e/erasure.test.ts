import { contentText } from '../../client/words/content-text.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import {
  connect,
  type Frame,
  grant,
  join,
  openDirect,
  type Person,
  text,
  wholeHistory,
} from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { startTestSystem } from '../support/local-system.ts';
import { holdGrounds } from '../support/operator-holds.ts';

let system: LocalSystem;
let bob: Person;

beforeAll(async () => {
  system = await startTestSystem();
  bob = await join(system, 'bob');
});
afterAll(async () => system?.close());

async function receiptOf(person: Person, requestId: string): Promise<Frame> {
  const isIt = (push: Frame) => push.type === 'erasure' && push.requestId === requestId;
  await person.until((pushes) => pushes.some(isIt));
  return person.pushes.find(isIt);
}

const lineOf = (receipt: Frame, store: string): Frame =>
  receipt.stores.find((line: Frame) => line.store === store);

async function chat(name: string, other: Person, words: readonly string[]) {
  const person = await join(system, name);
  const conversationId = await openDirect(person, other.userId);
  for (const each of words) await person.call('send', { conversationId, content: text(each) });
  await other.call('send', { conversationId, content: text(`to ${name}`) });
  return { person, conversationId };
}

const wordsIn = async (person: Person, conversationId: string) =>
  (await wholeHistory(person, conversationId)).map(({ content }) => contentText(content));

test('one message: gone for everybody, its number stays, and a repeat of its send does not bring it back', async () => {
  const { person: amy, conversationId } = await chat('amy', bob, ['one']);
  const send = { conversationId, content: text('unwise'), id: 'unwise-1' };
  const sent = await amy.call('send', send);
  const asked = await amy.call('erase', { scope: 'message', conversationId, seq: sent.seq });
  expect(asked).toMatchObject({ type: 'ack', state: 'accepted' });
  const receipt = await receiptOf(amy, asked.requestId);
  expect(receipt).toMatchObject({ scope: 'message', conversationId, seq: sent.seq, state: 'done' });
  expect(lineOf(receipt, 'messages')).toMatchObject({ outcome: 'erased', deleted: 1, found: 0 });
  for (const each of [amy, bob]) expect(await wordsIn(each, conversationId)).toEqual(['one', 'to amy']);
  expect(await amy.call('send', send)).toMatchObject({ seq: sent.seq, duplicate: true });
  expect(await amy.call('send', { conversationId, content: text('two') })).toMatchObject({
    seq: sent.seq + 1,
  });
  expect((await everythingKept(system)).filter(({ text: kept }) => kept.includes('unwise"'))).toEqual([]);
});

test('only what is one’s own and still there can be erased; nothing else is revealed', async () => {
  const { person: ann, conversationId } = await chat('ann', bob, ['mine']);
  const carl = await join(system, 'carl');
  const message = { scope: 'message', conversationId };
  for (const [person, fields, code] of [
    // What one may read and not take away.
    [ann, { ...message, seq: 2 }, 'FORBIDDEN'],
    [ann, { ...message, seq: 9 }, 'NOT_FOUND'],
    [carl, { ...message, seq: 1 }, 'NOT_FOUND'],
    [carl, { scope: 'conversation', conversationId }, 'NOT_FOUND'],
  ] as const) {
    expect((await person.call('erase', fields)).error).toMatchObject({ code });
  }
  for (const fields of [
    {},
    { scope: 'all' },
    { scope: 'message', conversationId },
    { scope: 'profile', seq: 1 },
  ]) {
    expect((await ann.call('erase', fields)).error).toMatchObject({ code: 'INVALID_FRAME' });
  }
  expect(await wordsIn(bob, conversationId)).toEqual(['mine', 'to ann']);
});

test('a conversation’s own messages go, the others’ and those of other conversations stay', async () => {
  const { person: eve, conversationId } = await chat(
    'eve',
    bob,
    Array.from({ length: 30 }, (_, n) => `no. ${n}`),
  );
  const { userId: fay } = await join(system, 'fay');
  const other = await openDirect(eve, fay);
  await eve.call('send', { conversationId: other, content: text('to fay') });
  const { requestId } = await eve.call('erase', { scope: 'conversation', conversationId });
  const receipt = await receiptOf(eve, requestId);
  expect(lineOf(receipt, 'messages')).toMatchObject({ deleted: 30, found: 0 });
  expect(lineOf(receipt, 'profiles')).toMatchObject({ outcome: 'erased', deleted: 0 });
  expect(lineOf(receipt, 'sends')).toMatchObject({ outcome: 'not concerned' });
  expect(await wordsIn(bob, conversationId)).toEqual(['to eve']);
  expect(await wordsIn(eve, other)).toEqual(['to fay']);
  expect(await eve.call('send', { conversationId, content: text('again') })).toMatchObject({ seq: 32 });
});

test('the profile goes, and what others have said of themselves stays', async () => {
  const { person: gus } = await chat('gus', bob, ['hello']);
  await gus.call('profile', { set: { nickname: 'Gustav Marker' } });
  await bob.call('profile', { set: { nickname: 'Bob Marker' } });
  const { requestId } = await gus.call('erase', { scope: 'profile' });
  expect(lineOf(await receiptOf(gus, requestId), 'profiles')).toMatchObject({ deleted: 1, found: 0 });
  const { profiles } = await bob.call('profile', { get: ['gus', 'bob'] });
  expect(profiles).toEqual([{ userId: 'gus' }, expect.objectContaining({ nickname: 'Bob Marker' })]);
  const kept = (await everythingKept(system)).map((each) => each.text).join();
  expect(kept).not.toContain('Gustav Marker');
  expect(kept).toContain('Bob Marker');
});

describe('an account', () => {
  let receipt: Frame;
  let conversationId: string;
  let group: string;
  let hal: Person;

  beforeAll(async () => {
    ({ person: hal, conversationId } = await chat('hal', bob, ['secret of hal', 'another of hal']));
    ({ conversationId: group } = await hal.call('open', {
      kind: 'group',
      members: ['bob', 'ida'],
      title: 'Trip',
    }));
    await hal.call('send', { conversationId: group, content: text('hal in the group') });
    await bob.call('send', { conversationId: group, content: text('bob in the group') });
    await hal.call('profile', { set: { nickname: 'Hal Marker', signature: 'here is hal' } });
    const phone = await connect(system, 'hal');
    const { requestId } = await hal.call('erase', { scope: 'account' });
    receipt = await receiptOf(hal, requestId);
    await receiptOf(phone, requestId);
    await Promise.all([hal.closed, phone.closed]);
  });

  test('is answered by a receipt that names every store, and the sockets are cut after a bye', () => {
    expect(receipt).toMatchObject({ scope: 'account', state: 'done', requestedBy: 'user' });
    const erased = { outcome: 'erased', found: 0, held: 0 };
    expect(lineOf(receipt, 'messages')).toMatchObject({ ...erased, deleted: 3 });
    expect(lineOf(receipt, 'conversations')).toMatchObject({ ...erased, deleted: 2 });
    // With the title of the group.
    expect(lineOf(receipt, 'profiles')).toMatchObject({ ...erased, deleted: 2 });
    expect(lineOf(receipt, 'connections')).toMatchObject({ ...erased, deleted: 2 });
    expect(lineOf(receipt, 'sends')).toMatchObject({ ...erased, deleted: 3 });
    expect(lineOf(receipt, 'rateLimits')).toMatchObject(erased);
    expect(lineOf(receipt, 'rateLimits').deleted).toBeGreaterThan(0);
    for (const store of [
      'consents',
      'privacy',
      'retries',
      'retryDeadLetters',
      'erasures',
      'erasureDeadLetters',
      'logs',
    ]) {
      expect(Date.parse(lineOf(receipt, store).until)).toBeGreaterThan(Date.now());
    }
    expect(hal.pushes.at(-1)).toEqual({ type: 'bye', reason: 'ACCOUNT_ERASED', reconnect: false });
  });

  test('is nowhere but where its erasure and its consent are proved, and in the queue that looks once more', async () => {
    const kept = (await everythingKept(system)).filter((each) => /\bhal\b/i.test(each.text));
    const where = new Set(kept.map((each) => each.where));
    const allowed = [system.tableNames['CONSENT_TABLE'], system.tableNames['PRIVACY_TABLE']];
    for (const each of where) {
      const isAllowed = allowed.some((name) => each === `table ${name}`) || /queue .*Erasures/.test(each);
      // Somebody else's words stay theirs, whomever they name.
      if (!isAllowed)
        expect(kept.filter((one) => one.where === each).map((one) => one.text)).toEqual([
          expect.stringContaining('to hal'),
        ]);
    }
    expect(kept.map((each) => each.text).join()).not.toMatch(/secret of hal|Hal Marker|here is hal/);
  });

  test('leaves what others have written', async () => {
    expect(await wordsIn(bob, conversationId)).toEqual(['to hal']);
    expect(await wordsIn(bob, group)).toEqual(['bob in the group']);
  });

  test('may come back as somebody new, and the direct chat is whole again', async () => {
    const before = await connect(system, 'hal');
    expect(await before.call('hello')).toMatchObject({ consent: { state: 'withdrawn' } });
    await before.call('consent', grant);
    before.socket.close();
    const back = await connect(system, 'hal');
    expect((await back.call('hello')).conversations).toEqual([]);
    expect((await back.call('send', { conversationId, content: text('x') })).error).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await openDirect(back, 'bob')).toBe(conversationId);
    expect(await back.call('send', { conversationId, content: text('hello again') })).toMatchObject({
      seq: 4,
    });
    await bob.until((pushes) => pushes.some((push) => push.message?.content.text === 'hello again'));
  });
});

test('by the operator, for somebody who is not there', async () => {
  const { person: joe, conversationId } = await chat('joe', bob, ['hello of joe']);
  joe.socket.close();
  const target = { scope: 'account' };
  const asked = await operator('admin-user-erase', { userId: 'joe', target });
  expect(asked).toMatchObject({ userId: 'joe', state: 'accepted' });
  const report = await erasuresOver('joe');
  const { requestId } = asked;
  expect(report.receipts).toEqual([
    expect.objectContaining({ requestId, state: 'done', requestedBy: 'operator' }),
  ]);
  expect(await wordsIn(bob, conversationId)).toEqual(['to joe']);
});

describe('under a legal hold', () => {
  let mary: Person;
  let conversationId: string;
  let requestId: string;
  beforeAll(async () => {
    ({ person: mary, conversationId } = await chat('mary', bob, ['held one', 'held two']));
    await mary.call('profile', { set: { nickname: 'Mary Marker' } });
    await operator('admin-hold', { kind: 'user', userId: 'mary', ...holdGrounds });
  });

  test('an erasure is refused in part: what is held stays, the rest goes, and the receipt says so', async () => {
    const asked = await mary.call('erase', { scope: 'account' });
    expect(asked).toMatchObject({ type: 'ack', state: 'refused in part' });
    ({ requestId } = asked);
    const receipt = await receiptOf(mary, requestId);
    expect(receipt).toMatchObject({ state: 'refused in part' });
    expect(lineOf(receipt, 'messages')).toMatchObject({ outcome: 'held', deleted: 0, found: 2, held: 2 });
    expect(lineOf(receipt, 'profiles')).toMatchObject({ outcome: 'held', held: 1 });
    expect(lineOf(receipt, 'connections')).toMatchObject({ outcome: 'erased', deleted: 1 });
    await mary.closed;
    // Asked for again it is the same request.
    const again = await operator('admin-user-erase', { userId: 'mary', target: { scope: 'account' } });
    expect(again).toMatchObject({ requestId, state: 'refused in part' });
    expect(await wordsIn(bob, conversationId)).toEqual(['held one', 'held two', 'to mary']);
  });

  test('it ends by itself when the hold is lifted, and the other’s data stays', async () => {
    await operator('admin-release', { kind: 'user', userId: 'mary' });
    const report = await erasuresOver('mary');
    expect(report.receipts).toEqual([expect.objectContaining({ requestId, state: 'done' })]);
    expect(lineOf(report.receipts[0], 'messages')).toMatchObject({ deleted: 2, found: 0, held: 0 });
    expect(await wordsIn(bob, conversationId)).toEqual(['to mary']);
    const kept = (await everythingKept(system)).map((each) => each.text).join();
    expect(kept).not.toMatch(/held one|held two|Mary Marker/);
  });
});

async function operator(name: string, input: object): Promise<Frame> {
  const result: Frame = await system.invoke(name, { operator: 'ops', input });
  return result.payload.result;
}

/** Asks again and again: nothing tells an operator when it is over. */
async function erasuresOver(userId: string): Promise<Frame> {
  for (;;) {
    const report = await operator('admin-user-receipts', { userId });
    if (report.open.length === 0) return report;
  }
}

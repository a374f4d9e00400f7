import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { type Frame, join, openDirect, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(async () => system?.close());

const forward = async (person: Person, from: object, conversationId: string, id?: string) =>
  person.call('send', {
    conversationId,
    content: { type: 'forward', ...from },
    ...(id !== undefined && { id }),
  });
const code = ({ error }: Frame) => error?.code;

test('what was said goes along, and nothing of who said it, where, when, in answer to what', async () => {
  const [ann, bob, cid] = (await Promise.all(
    ['ann', 'bob', 'cid'].map(async (name) => join(system, name)),
  )) as [Person, Person, Person];
  const origin = await openDirect(ann, 'bob');
  const target = await openDirect(ann, 'cid');
  await cid.call('send', { conversationId: target, content: text('hello') });
  const first = await bob.call('send', { conversationId: origin, content: text('question') });
  const { seq } = await bob.call('send', {
    conversationId: origin,
    content: text('the ferry goes at ten'),
    replyTo: first.seq,
    mentions: ['ann'],
  });
  await ann.call('react', { conversationId: origin, seq, emoji: '👍', on: true });
  await ann.call('pin', { conversationId: origin, seq, on: true });
  const sent = await forward(ann, { conversationId: origin, seq }, target, 'f-1');
  expect(sent).toMatchObject({ stored: true, content: text('the ferry goes at ten') });
  const isForwarded = ({ type, message }: Frame) => type === 'message' && message.forwarded === true;
  await cid.until((pushes) => pushes.some(isForwarded));
  const { message } = cid.pushes.find(isForwarded) ?? {};
  expect(message).toEqual({
    ...{ conversationId: target, seq: sent.seq, id: 'f-1', from: 'ann', forwarded: true },
    ...{ content: text('the ferry goes at ten'), sentAt: sent.sentAt, expiresAt: sent.expiresAt },
  });
  expect((await wholeHistory(cid, target)).at(-1)).toEqual(message);
  expect(JSON.stringify(message)).not.toMatch(/bob|question/);

  // Once, however often it is asked for; and what is forwarded may be forwarded again.
  expect(await forward(ann, { conversationId: origin, seq }, target, 'f-1')).toMatchObject({
    ...{ seq: sent.seq, duplicate: true },
  });
  const again = await forward(cid, { conversationId: target, seq: sent.seq }, target);
  expect(again).toMatchObject({ content: text('the ferry goes at ten') });
  expect(await wholeHistory(cid, target)).toHaveLength(3);

  // Somebody else's words are not said otherwise; they are taken back as any.
  const edit = { conversationId: target, seq: sent.seq, content: text('at nine') };
  expect(code(await ann.call('edit', edit))).toBe('FORBIDDEN');
  await ann.call('recall', { conversationId: target, seq: sent.seq });
  const recalled = (await wholeHistory(cid, target)).find((each: Frame) => each.seq === sent.seq);
  expect(recalled).toMatchObject({ content: { type: 'recalled' } });
  expect(recalled).not.toHaveProperty('forwarded');
  for (const { socket } of [ann, bob, cid]) socket.close();
});

test('custom content goes along as it is', async () => {
  const [dan, eve] = (await Promise.all(['dan', 'eve'].map(async (name) => join(system, name)))) as [
    Person,
    Person,
  ];
  const origin = await openDirect(dan, 'eve');
  const custom = { type: 'custom', kind: 'poll', data: { question: 'tea?', 'z-first': 1, a: [1, null] } };
  const { seq } = await eve.call('send', { conversationId: origin, content: custom });
  const group = await dan.call('open', { kind: 'group', members: ['eve'] });
  expect(await forward(dan, { conversationId: origin, seq }, group.conversationId)).toMatchObject({
    content: custom,
  });
  expect((await wholeHistory(eve, group.conversationId)).at(-1)).toMatchObject({ content: custom });
  for (const { socket } of [dan, eve]) socket.close();
});

test('only what one can read, where one may write', async () => {
  const [fay, gus, hal] = (await Promise.all(
    ['fay', 'gus', 'hal'].map(async (name) => join(system, name)),
  )) as [Person, Person, Person];
  const theirs = await openDirect(fay, 'gus');
  const { seq } = await gus.call('send', { conversationId: theirs, content: text('a secret') });
  const own = await hal.call('open', { kind: 'group', members: ['fay'] });
  const to = own.conversationId;
  expect(code(await forward(hal, { conversationId: theirs, seq }, to))).toBe('NOT_FOUND');
  expect(code(await forward(fay, { conversationId: theirs, seq: 99 }, to))).toBe('NOT_FOUND');
  expect(code(await forward(gus, { conversationId: theirs, seq }, to))).toBe('NOT_FOUND');
  await gus.call('recall', { conversationId: theirs, seq });
  expect(code(await forward(fay, { conversationId: theirs, seq }, to))).toBe('NOT_FOUND');
  await hal.call('members', { conversationId: to, role: { userId: 'fay', role: 'admin' } });
  const event = (await wholeHistory(fay, to)).find((each: Frame) => each.content.type === 'event');
  expect(code(await forward(fay, { conversationId: to, seq: event?.seq }, to))).toBe('NOT_FOUND');
  expect((await wholeHistory(fay, to)).every((each: Frame) => each.content.type === 'event')).toBe(true);
  for (const { socket } of [fay, gus, hal]) socket.close();
});

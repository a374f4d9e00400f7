import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, join, openDirect, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

let system: LocalSystem;
beforeAll(async () => {
  const limits = { signalsPerSecond: 1, signalsBurst: 3 };
  system = await startTestSystem({ assemblyFolder: await synthesizedAssembly({ limits }) });
});
afterAll(() => system?.close());

test('the other person sees it, the own devices and the tables do not', async () => {
  const [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  const tablet = await connect(system, 'alice');
  const conversationId = await openDirect(alice, 'bob');
  const { id: _id, ...ack } = await alice.call('typing', { conversationId });
  expect(ack).toEqual({ type: 'ack' });
  await alice.call('typing', { conversationId, seq: 7 });
  await bob.until((pushes) => pushes.length === 2);
  const typing = { type: 'typing', conversationId, userId: 'alice' };
  expect(bob.pushes).toEqual([typing, { ...typing, seq: 7 }]);
  await alice.call('send', { conversationId, content: text('done') });
  await tablet.until((pushes) => pushes.length > 0);
  expect(tablet.pushes).toMatchObject([{ type: 'message' }]);
  expect((await bob.call('hello')).conversations).toMatchObject([{ lastSeq: 1, unread: 1 }]);
  for (const { socket } of [alice, bob, tablet]) socket.close();
});

test('not a member, nonsense, too often: refused', async () => {
  const [carol, mallory] = await Promise.all([join(system, 'carol'), join(system, 'mallory')]);
  const conversationId = await openDirect(carol, 'dave');
  const refused = async (person: typeof carol, fields: object) =>
    (await person.call('typing', fields)).error?.code;
  expect(await refused(mallory, { conversationId })).toBe('NOT_FOUND');
  expect(await refused(carol, { conversationId, what: 'ever' })).toBe('INVALID_FRAME');
  const codes = [];
  for (let count = 0; count < 5; count += 1) codes.push(await refused(carol, { conversationId }));
  expect(codes).toContain('RATE_LIMITED');
  for (const { socket } of [carol, mallory]) socket.close();
});

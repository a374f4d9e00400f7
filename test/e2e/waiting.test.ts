import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, join, openDirect, text, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { systemTables } from '../support/system-tables.ts';

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system?.close());

test('with somebody who has not agreed nothing is stored; once they come, it goes on', async () => {
  const tables = systemTables(system);
  const ann = await join(system, 'ann');
  const { conversationId, waiting } = await ann.call('open', { kind: 'direct', members: ['ben'] });
  expect(waiting).toEqual(['ben']);
  const frame = { id: 'm-1', conversationId, content: text('hello') };
  expect((await ann.call('send', frame)).error?.code).toBe('WAITING');
  expect(await tables.all('MESSAGE_TABLE')).toEqual([]);
  expect(await tables.get('CONVERSATION_TABLE', { conversationId, entry: 'member#ben' })).toBeUndefined();
  const ben = await join(system, 'ben');
  await ben.call('hello');
  expect(await ann.call('send', frame)).toMatchObject({ type: 'ack', seq: 1 });
  await ben.until((pushes) => pushes.some(({ type }) => type === 'message'));
  // Whoever has withdrawn is waited for as who has never come.
  await ben.call('consent', { decision: 'withdraw' });
  await ben.closed;
  expect((await ann.call('send', { ...frame, id: 'm-2' })).error?.code).toBe('WAITING');
  expect((await ann.call('open', { kind: 'direct', members: ['ben'] })).waiting).toEqual(['ben']);
  // What was acked stays acked.
  expect(await ann.call('send', frame)).toMatchObject({ type: 'ack', seq: 1, duplicate: true });
  expect(await wholeHistory(ann, conversationId)).toHaveLength(1);
  tables.close();
  ann.socket.close();
});

test('an erased account is written to by nobody, and to be named makes it no member', async () => {
  const tables = systemTables(system);
  const [cat, dan] = await Promise.all([join(system, 'cat'), join(system, 'dan')]);
  const conversationId = await openDirect(cat, 'dan');
  const frame = { conversationId, content: text('hello') };
  await cat.call('send', frame);
  await dan.call('erase', { scope: 'account' });
  await dan.closed;
  expect((await cat.call('send', frame)).error?.code).toBe('FORBIDDEN');
  for (let time = 0; time < 2; time += 1)
    expect(await cat.call('open', { kind: 'direct', members: ['dan'] })).toMatchObject({
      conversationId,
      waiting: ['dan'],
    });
  expect((await cat.call('send', frame)).error?.code).toBe('WAITING');
  const rows = (await tables.all('CONVERSATION_TABLE')).filter(
    (row) => row['conversationId'] === conversationId,
  );
  expect(rows.map(({ entry }) => entry).toSorted()).toEqual(['head', 'member#cat', 'waiting#dan']);
  expect(rows.find(({ entry }) => entry === 'head')?.['pair']).toEqual(['cat']);
  expect(typeof rows.find(({ entry }) => entry === 'waiting#dan')?.['expiresAt']).toBe('number');
  tables.close();
  cat.socket.close();
});

test('a group: who has not agreed waits, and reads all of it once they come', async () => {
  const eva = await join(system, 'eva');
  const opened = await eva.call('open', { kind: 'group', members: ['fay', 'gil'] });
  const { conversationId } = opened;
  expect(opened).toMatchObject({ members: ['eva', 'fay', 'gil'], waiting: ['fay', 'gil'] });
  await eva.call('send', { conversationId, content: text('first') });
  expect((await eva.call('members', { conversationId })).members).toEqual(['eva']);
  const before = await connect(system, 'fay');
  expect((await before.call('hello')).conversations).toBeUndefined();
  before.socket.close();
  const fay = await join(system, 'fay');
  const { conversations } = await fay.call('hello');
  expect(conversations).toMatchObject([{ conversationId }]);
  expect(await wholeHistory(fay, conversationId)).toMatchObject([
    { content: { type: 'text' } },
    { from: 'eva', content: { type: 'event', added: ['fay'] } },
  ]);
  expect((await eva.call('members', { conversationId })).members).toEqual(['eva', 'fay']);
  for (const { socket } of [eva, fay]) socket.close();
});

test('whom an erased account has named goes on waiting, and nothing says who named them', async () => {
  const tables = systemTables(system);
  const [hal, ida] = await Promise.all([join(system, 'hal'), join(system, 'ida')]);
  const { conversationId } = await hal.call('open', { kind: 'group', members: ['ida', 'jon'] });
  expect((await hal.call('members', { conversationId, add: ['kim'] })).waiting).toEqual(['kim']);
  const rowOf = async (userId: string) =>
    tables.get('CONVERSATION_TABLE', { conversationId, entry: `waiting#${userId}` });
  expect(await rowOf('jon')).not.toHaveProperty('by');
  expect(await rowOf('kim')).toHaveProperty('by', 'hal');
  await hal.call('erase', { scope: 'account' });
  await hal.closed;
  for (const userId of ['jon', 'kim']) {
    expect(await rowOf(userId)).toMatchObject({ userId });
    expect(await rowOf(userId)).not.toHaveProperty('by');
    const comer = await join(system, userId);
    await comer.call('hello');
    comer.socket.close();
  }
  expect((await ida.call('members', { conversationId })).members).toEqual(['ida', 'jon', 'kim']);
  expect(await wholeHistory(ida, conversationId)).toMatchObject([
    { from: 'ida', content: { added: ['jon'] } },
    { from: 'ida', content: { added: ['kim'] } },
  ]);
  tables.close();
  ida.socket.close();
});

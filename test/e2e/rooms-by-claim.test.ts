import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, join, type Person, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

let system: LocalSystem;
beforeAll(async () => {
  const assemblyFolder = await synthesizedAssembly({ rooms: { join: { claim: 'rooms' } } });
  system = await startTestSystem({ assemblyFolder });
});
afterAll(async () => system?.close());

/** With a token of which the claim is that. */
async function come(userId: string, rooms?: unknown): Promise<Person> {
  const { socket, closed } = await join(system, userId);
  socket.close();
  await closed;
  const claims: object = rooms === undefined ? {} : { rooms };
  return connect(system, userId, await system.token(userId, 60, claims));
}

test('into a room come those whose token names it; to all others it is as far away as one that is not there', async () => {
  const host = await come('host', '*');
  const { conversationId } = await host.call('open', { kind: 'room', members: [] });
  const other = await host.call('open', { kind: 'room', members: [] });
  expect((await host.call('watch', { conversationId })).type).toBe('ack');
  const guest = await come('guest', [conversationId]);
  expect((await guest.call('watch', { conversationId })).type).toBe('ack');
  await host.call('send', { conversationId, content: text('welcome') });
  await guest.until((pushes) => pushes.some(({ messages }) => messages?.[0]?.content.text === 'welcome'));

  const strangers = await Promise.all([
    come('nobody'),
    come('elsewhere', [other.conversationId]),
    come('odd', 'r-1'),
  ]);
  const nowhere = `${conversationId.slice(0, -2)}__`;
  for (const stranger of strangers)
    for (const [action, fields] of [
      ['watch', {}],
      ['history', {}],
      ['send', { content: text('let me in') }],
    ] as const) {
      const refused = await stranger.call(action, { id: `a-${action}`, conversationId, ...fields });
      const absent = await stranger.call(action, { id: `a-${action}`, conversationId: nowhere, ...fields });
      expect(refused).toEqual(absent);
      expect(refused.error?.code).toBe('NOT_FOUND');
    }
  expect(strangers.flatMap(({ pushes }) => pushes)).toEqual([]);
});

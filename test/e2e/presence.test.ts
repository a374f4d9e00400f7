import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, join, openDirect, type Person, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
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

const presencesOf = ({ pushes }: Person) => pushes.filter(({ type }) => type === 'presence');
const noteOf = async (userId: string) => tables.get('PERSONAL_TABLE', { userId, entry: 'lastActive' });

/** Somebody who has written to the viewer, and so is seen by them. */
async function seenBy(viewer: Person, userId: string): Promise<Person> {
  const person = await join(system, userId);
  const conversationId = await openDirect(person, viewer.userId);
  await person.call('send', { conversationId, content: text('hello') });
  return person;
}

test('a contact sees somebody go with their last socket, and to the hour when that was', async () => {
  const viewer = await join(system, 'vera');
  const phone = await seenBy(viewer, 'pat');
  const desk = await connect(system, 'pat');
  const { presences } = await viewer.call('presence', { userIds: ['pat'] });
  expect(presences).toEqual([{ userId: 'pat', online: true }]);
  const before = Date.now();
  for (const device of [phone, desk]) {
    device.socket.close();
    await device.closed;
  }
  await viewer.until(() => presencesOf(viewer).length > 0);
  const [gone] = presencesOf(viewer);
  expect(gone).toEqual({ type: 'presence', userId: 'pat', online: false, lastActive: expect.any(Number) });
  expect(gone.lastActive % 3_600_000).toBe(0);
  expect(before - gone.lastActive).toBeLessThan(3_600_000 + 60_000);
  expect((await noteOf('pat'))?.['at']).toBe(gone.lastActive);
  expect((await viewer.call('presence', { userIds: ['pat'] })).presences).toEqual([
    { userId: 'pat', online: false, lastActive: gone.lastActive },
  ]);
  viewer.socket.close();
});

test('a withdrawal is seen as somebody who goes, and leaves nothing of when', async () => {
  const viewer = await join(system, 'victor');
  const person = await seenBy(viewer, 'wendy');
  await viewer.call('presence', { userIds: ['wendy'] });
  await person.call('consent', { decision: 'withdraw' });
  await viewer.until(() => presencesOf(viewer).length > 0);
  expect(presencesOf(viewer)).toEqual([{ type: 'presence', userId: 'wendy', online: false }]);
  await person.closed;
  const { presences } = await viewer.call('presence', { userIds: ['wendy'] });
  expect(presences).toEqual([{ userId: 'wendy', online: false }]);
  expect(await noteOf('wendy')).toBeUndefined();
  viewer.socket.close();
});

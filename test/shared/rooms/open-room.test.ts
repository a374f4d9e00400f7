import { type OpenRoomDeps, openRoom } from '../../../shared/rooms/open-room.ts';
import { conversationEndStore } from '../../../shared/stores/conversations/conversation-end-store.ts';
import { toHead, toMember } from '../../../shared/stores/conversations/conversation-item.ts';
import { conversationRowStore } from '../../../shared/stores/conversations/conversation-row-store.ts';
import { conversationStore } from '../../../shared/stores/conversations/conversation-store.ts';
import { roomStore } from '../../../shared/stores/conversations/room-store.ts';
import type { Database } from '../../../shared/stores/dynamodb/database.ts';
import { titleStore } from '../../../shared/stores/profiles/title-store.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { memoryDynamoDb } from '../../promises/dynamodb/engine.ts';
import { dying } from '../../support/dying.ts';
import { steadyRetention } from '../../support/steady-retention.ts';
import { direct, type Step } from '../../support/step.ts';
import { tableModels } from '../../support/store-tables.ts';

const now = () => epochMillis(1_000_000);
const id = `r-${'1'.repeat(32)}`;

/** Rooms in the real stores on a table in memory. */
function world() {
  const engine = memoryDynamoDb(tableModels('conversations', 'profiles'), { now });
  const databaseOf = (step: Step) =>
    ({
      send: async (command: Parameters<typeof engine.execute>[0]) => step(() => engine.execute(command)),
    }) as unknown as Database;
  const depsOf = (step: Step): OpenRoomDeps => ({
    conversations: {
      ...conversationStore(databaseOf(step), 'conversations', now),
      ...conversationRowStore(databaseOf(step), 'conversations', now),
      ...conversationEndStore(databaseOf(step), 'conversations'),
    },
    titles: {
      store: titleStore(databaseOf(step), 'profiles', 0),
      retentionSeconds: 604_800,
      retention: async () => step(steadyRetention(604_800, now)),
    },
    holds: {
      among: async () => step(() => ({ users: new Set<string>(), conversations: new Set<string>() })),
    },
    limits: { titleBytes: 256 },
    retentionSeconds: 604_800,
    messagesStored: true,
    rooms: true,
    now,
  });
  return {
    open: async (step: Step) =>
      openRoom(depsOf(step), 'ann', { members: [], retention: 60, title: 'Everybody' }, id),
    write: async () =>
      roomStore(databaseOf(direct), 'conversations').takeNumber(id, now(), () => 4e9 as EpochSeconds),
    rows: () => [...engine.items('conversations')],
    titles: () => [...engine.items('profiles')],
  };
}

const cases = [1, 2, 3, 4, 5, 6, 7].flatMap((at) => [
  { at, after: false },
  { at, after: true },
]);

test.each(cases)(
  'a crash at call $at, after its effect: $after, and a repeat: one room, of its opener',
  async (death) => {
    const { open, rows, titles } = world();
    await Promise.race([open(dying(death, direct)), new Promise((resolve) => setImmediate(resolve))]);
    expect(await open(direct)).toEqual({ conversationId: id, kind: 'room', members: ['ann'], lastSeq: 0 });
    const [head, member] = [
      rows()
        .filter(({ entry }) => entry === 'head')
        .map(toHead),
      rows()
        .filter(({ entry }) => entry !== 'head')
        .map(toMember),
    ];
    expect(head).toEqual([
      expect.objectContaining({ conversationId: id, kind: 'room', retention: 60, lastSeq: 0 }),
    ]);
    expect(member).toEqual([expect.objectContaining({ userId: 'ann', role: 'owner' })]);
    // As long as the title is there, its author's row leads to it.
    const [title, ...others] = titles();
    expect([title, others]).toEqual([expect.objectContaining({ title: 'Everybody', by: 'ann' }), []]);
    expect(member[0]?.expiresAt).toBeGreaterThan(Number(title?.['expiresAt']));
  },
);

test('a repeat after something was written there changes nothing, and says how far it has come', async () => {
  const { open, write, rows } = world();
  await open(direct);
  await write();
  const before = JSON.stringify(rows());
  expect(await open(direct)).toMatchObject({ conversationId: id, lastSeq: 1 });
  expect(JSON.stringify(rows())).toBe(before);
});

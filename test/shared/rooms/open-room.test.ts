import { type OpenRoomDeps, openRoom } from '../../../shared/rooms/open-room.ts';
import { toHead, toMember } from '../../../shared/stores/conversations/conversation-item.ts';
import { conversationRowStore } from '../../../shared/stores/conversations/conversation-row-store.ts';
import { conversationStore } from '../../../shared/stores/conversations/conversation-store.ts';
import { roomStore } from '../../../shared/stores/conversations/room-store.ts';
import type { Database } from '../../../shared/stores/dynamodb/database.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { memoryDynamoDb } from '../../promises/dynamodb/engine.ts';
import { dying } from '../../support/dying.ts';
import { direct, type Step } from '../../support/step.ts';
import { tableModels } from '../../support/store-tables.ts';

const now = () => epochMillis(1_000_000);
const id = `r-${'1'.repeat(32)}`;

/** Rooms in the real stores on a table in memory. */
function world() {
  const engine = memoryDynamoDb(tableModels('conversations'), { now });
  const databaseOf = (step: Step) =>
    ({
      send: async (command: Parameters<typeof engine.execute>[0]) => step(() => engine.execute(command)),
    }) as unknown as Database;
  const depsOf = (step: Step): OpenRoomDeps => ({
    conversations: {
      ...conversationStore(databaseOf(step), 'conversations', now),
      ...conversationRowStore(databaseOf(step), 'conversations', now),
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
    open: async (step: Step) => openRoom(depsOf(step), 'ann', { members: [], retention: 60 }, id),
    write: async () =>
      roomStore(databaseOf(direct), 'conversations').takeNumber(id, now(), () => 4e9 as EpochSeconds),
    rows: () => [...engine.items('conversations')],
  };
}

const cases = [1, 2, 3, 4].flatMap((at) => [
  { at, after: false },
  { at, after: true },
]);

test.each(cases)(
  'a crash at call $at, after its effect: $after, and a repeat: one room, of its opener',
  async (death) => {
    const { open, rows } = world();
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

import { applyHold } from '../../../shared/holds/apply-hold.ts';
import { setHold } from '../../../shared/holds/set-hold.ts';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import { purgeConversation } from '../../../shared/retention/purge-conversation.ts';
import { turn } from '../../../shared/retention/turn.ts';
import type { HoldTarget } from '../../../shared/stores/privacy/holds.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import { steadyRetention } from '../../support/steady-retention.ts';
import { direct } from '../../support/step.ts';

const retentionSeconds = 86_400;
const day = 86_400_000;
const alice: HoldTarget = { kind: 'user', userId: 'alice' };

/** One conversation, two messages a page, and turns that tell after which numbers they read. */
function place() {
  const world = messageWorld();
  let now = 1_800_000_000_000;
  const clock = () => now;
  const holdDeps = world.holdDeps(direct, clock);
  return {
    world,
    pass: (millis: number) => {
      now += millis;
    },
    send: async (userId: string, id: string, retention = retentionSeconds) =>
      sendMessage(
        { ...world.deps(direct, clock), retentionSeconds: retention },
        { userId, connectionId: `${userId}-1` },
        { action: 'send', id, conversationId, content: { type: 'text', text: 'words' } },
      ),
    set: async (state: 'held' | 'releasing') => {
      await setHold({ ...holdDeps, stored: { messages: true, profiles: false } }, alice, state);
      await applyHold(holdDeps, alice);
    },
    takeTurn: async (pages: number) => {
      const read: number[] = [];
      const deps = world.purgeDeps(direct, clock, steadyRetention(retentionSeconds, clock));
      const headers: typeof deps.messages.headers = async (id, range) => {
        read.push(range.after ?? 0);
        return deps.messages.headers(id, range);
      };
      const purged = await purgeConversation(
        { ...deps, messages: { ...deps.messages, headers }, isOver: turn(pages, () => false) },
        conversationId,
      );
      now += 31_000;
      return { ...purged, read };
    },
    ids: () => [...world.messages.values()].map(({ id }) => id),
  };
}

/** Six of alice, who is on hold, and two of bob behind them; all has ended. */
async function heldInFront() {
  const room = place();
  await room.set('held');
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await room.send('alice', id);
  for (const id of ['x', 'y']) await room.send('bob', id);
  room.pass(2 * day);
  await room.takeTurn(Infinity);
  return room;
}

test('a turn that is over is gone on with from its place, and nothing is read twice', async () => {
  const { takeTurn, ids } = await heldInFront();
  expect(await takeTurn(1)).toEqual({ read: [0], deleted: 0, finished: false });
  expect(await takeTurn(2)).toEqual({ read: [2, 4], deleted: 0, finished: false });
  expect(await takeTurn(2)).toEqual({ read: [6], deleted: 2, finished: true });
  expect(ids()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('once the mark has changed, the place in it is void', async () => {
  const { takeTurn, set, ids } = await heldInFront();
  await takeTurn(2);
  await set('releasing');
  expect(await takeTurn(2)).toEqual({ read: [0, 2], deleted: 4, finished: false });
  expect(await takeTurn(2)).toEqual({ read: [4, 6], deleted: 4, finished: true });
  expect(ids()).toEqual([]);
});

test('bounds over what was read in one turn count in the next', async () => {
  const { takeTurn, send, world, pass } = place();
  for (const id of ['a', 'b']) await send('bob', id);
  pass(10_000);
  const first = world.messages.get(1);
  await send('bob', 'c');
  await send('bob', 'short', 600);
  pass(700_000);
  expect(await takeTurn(1)).toMatchObject({ read: [0], finished: false });
  expect(await takeTurn(1)).toMatchObject({ read: [2], finished: true });
  expect(world.head()).toMatchObject({ purgeFrom: first?.sentAt });
});

test('what has no order is read whole once, and again when something in it ends', async () => {
  const { takeTurn, send, ids, pass } = place();
  for (const id of ['a', 'b', 'c', 'd']) await send('bob', id);
  await send('bob', 'short', 3_600);
  await send('bob', 'shorter', 600);
  expect(await takeTurn(9)).toMatchObject({ read: [0, 2, 4], finished: true });
  // A send that was under way may still come behind.
  await send('bob', 'new', 1_200);
  expect(await takeTurn(9)).toMatchObject({ read: [6], finished: true });
  expect(await takeTurn(9)).toMatchObject({ read: [7], finished: true });
  pass(700_000);
  expect(await takeTurn(9)).toMatchObject({ read: [0, 2, 4, 6], deleted: 1 });
  expect(await takeTurn(9)).toMatchObject({ read: [7], deleted: 0 });
  pass(600_000);
  expect(await takeTurn(9)).toMatchObject({ read: [0, 2, 4], deleted: 1 });
  pass(3_600_000);
  await takeTurn(9);
  expect(ids()).toEqual(['a', 'b', 'c', 'd']);
});

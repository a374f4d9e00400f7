import { applyHold } from '../../../shared/holds/apply-hold.ts';
import { setHold } from '../../../shared/holds/set-hold.ts';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import { oldestExpiredItemAge } from '../../../shared/retention/expired-age.ts';
import { purgeConversation } from '../../../shared/retention/purge-conversation.ts';
import type { HoldTarget } from '../../../shared/stores/privacy/holds.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import { steadyRetention } from '../../support/steady-retention.ts';
import { direct } from '../../support/step.ts';

const retentionSeconds = 86_400;
const month = 30 * 86_400_000;
const targets: readonly HoldTarget[] = [
  { kind: 'user', userId: 'alice' },
  { kind: 'conversation', conversationId },
];

/** A conversation, what a hold on it or one of its members does, and what the sweeper does meanwhile. */
function heldWorld(target: HoldTarget) {
  const world = messageWorld();
  const clock = { now: 1_800_000_000_000 };
  const now = () => clock.now;
  const retention = steadyRetention(retentionSeconds, now);
  const deps = world.holdDeps(direct, now);
  const purge = world.purgeDeps(direct, now, retention);
  return {
    world,
    clock,
    purge,
    /** Into force or out of it, and then all that is stored follows. */
    async set(state: 'held' | 'releasing') {
      await setHold({ ...deps, stored: { messages: true, profiles: false } }, target, state);
      await applyHold(deps, target);
    },
    send: async (userId: string, id: string, forSeconds = retentionSeconds) =>
      sendMessage(
        { ...world.deps(direct, now), retentionSeconds: forSeconds },
        { userId, connectionId: `${userId}-1` },
        { action: 'send', id, conversationId, content: { type: 'text', text: 'words' } },
      ),
    sweep: async (by = purge) => purgeConversation(by, conversationId),
    age: async () => oldestExpiredItemAge({ earliestBounds: async () => world.head() }, retention),
  };
}

test.each(targets)(
  'what the hold on the $kind kept for a month is late from the release on',
  async (target) => {
    const { world, clock, set, send, sweep, age } = heldWorld(target);
    await send('alice', 'a');
    await set('held');
    clock.now += month;
    for (let run = 0; run < 2; run += 1) {
      await sweep();
      clock.now += 31_000;
    }
    expect([world.messages.size, await age()]).toEqual([1, 0]);

    await set('releasing');
    const releasedAt = clock.now;
    for (let run = 0; run < 3 && world.messages.size > 0; run += 1) {
      clock.now += 61_000;
      expect(await age()).toBe((clock.now - releasedAt) / 1_000);
      await sweep();
    }
    expect(world.messages.size).toBe(0);
  },
);

test.each(targets)(
  'what was sent under a shorter policy during the hold on the $kind goes in time, also behind what ends later',
  async (target) => {
    const { world, clock, set, send, sweep } = heldWorld(target);
    const sweepFourTimes = async () => {
      for (let run = 0; run < 4; run += 1) {
        clock.now += 61_000;
        await sweep();
      }
    };
    for (const id of ['a', 'b', 'c']) await send('alice', id);
    await set('held');
    await send('alice', 'short', 60);
    // Nothing is the sweeper's: the conversation leaves the index, and what is known of the order stays.
    await sweepFourTimes();
    expect(world.head().purgeShard).toBeUndefined();
    clock.now += 3_600_000;
    await set('releasing');
    await sweepFourTimes();
    expect([...world.messages.values()].map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  },
);

test('a hold on a person neither hides from the sweeper what comes behind, nor has it read all after the release', async () => {
  const { world, clock, purge, set, send, sweep } = heldWorld({ kind: 'user', userId: 'alice' });
  const pagesOfSweep = async () => {
    let pages = 0;
    const headers: typeof purge.messages.headers = async (id, range) => {
      pages += 1;
      return purge.messages.headers(id, range);
    };
    await sweep({ ...purge, messages: { ...purge.messages, headers } });
    clock.now += 31_000;
    return pages;
  };
  await set('held');
  for (const id of ['a', 'b', 'c', 'd']) await send('alice', id);
  for (const id of ['e', 'f', 'g', 'h', 'i']) await send('bob', id);
  for (let run = 0; run < 4; run += 1) await pagesOfSweep();
  // All of alice's, two a page, and one page of what is not held.
  expect(await pagesOfSweep()).toBe(3);
  expect(world.head().purgeShard).toBeDefined();
  await set('releasing');
  for (let run = 0; run < 3; run += 1) expect(await pagesOfSweep()).toBe(1);
});

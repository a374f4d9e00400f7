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

test.each(targets)(
  'what the hold on the $kind kept for a month is late from the release on',
  async (target) => {
    const world = messageWorld();
    let now = 1_800_000_000_000;
    const clock = () => now;
    const deps = world.holdDeps(direct, clock);
    const set = async (state: 'held' | 'releasing') =>
      setHold({ ...deps, stored: { messages: true, profiles: false } }, target, state);
    const sweep = async () =>
      purgeConversation(
        world.purgeDeps(direct, clock, steadyRetention(retentionSeconds, clock)),
        conversationId,
      );
    const age = async () =>
      oldestExpiredItemAge(
        { earliestBounds: async () => world.head() },
        steadyRetention(retentionSeconds, clock),
      );
    await sendMessage(
      { ...world.deps(direct, clock), retentionSeconds },
      { userId: 'alice', connectionId: 'alice-1' },
      { action: 'send', id: 'a', conversationId, content: { type: 'text', text: 'words' } },
    );
    await set('held');
    await applyHold(deps, target);
    now += month;
    for (let run = 0; run < 2; run += 1) {
      await sweep();
      now += 31_000;
    }
    expect([world.messages.size, await age()]).toEqual([1, 0]);

    await set('releasing');
    await applyHold(deps, target);
    const releasedAt = now;
    for (let run = 0; run < 3 && world.messages.size > 0; run += 1) {
      now += 61_000;
      expect(await age()).toBe((now - releasedAt) / 1_000);
      await sweep();
    }
    expect(world.messages.size).toBe(0);
  },
);

test.each(targets)(
  'what was sent under a shorter policy during the hold on the $kind goes in time, also behind what ends later',
  async (target) => {
    const world = messageWorld();
    let now = 1_800_000_000_000;
    const clock = () => now;
    const deps = world.holdDeps(direct, clock);
    const set = async (state: 'held' | 'releasing') =>
      setHold({ ...deps, stored: { messages: true, profiles: false } }, target, state);
    const send = async (id: string, retention: number) =>
      sendMessage(
        { ...world.deps(direct, clock), retentionSeconds: retention },
        { userId: 'alice', connectionId: 'alice-1' },
        { action: 'send', id, conversationId, content: { type: 'text', text: 'words' } },
      );
    const sweep = async () => {
      for (let run = 0; run < 4; run += 1) {
        now += 61_000;
        await purgeConversation(
          world.purgeDeps(direct, clock, steadyRetention(retentionSeconds, clock)),
          conversationId,
        );
      }
    };
    for (const id of ['a', 'b', 'c']) await send(id, retentionSeconds);
    await set('held');
    await applyHold(deps, target);
    await send('short', 60);
    // Nothing is the sweeper's: the conversation leaves the index, and what is known of the order stays.
    await sweep();
    expect(world.head().purgeShard).toBeUndefined();
    now += 3_600_000;
    await set('releasing');
    await applyHold(deps, target);
    await sweep();
    expect([...world.messages.values()].map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  },
);

test('a hold on a person neither hides from the sweeper what comes behind, nor has it read all after the release', async () => {
  const world = messageWorld();
  let now = 1_800_000_000_000;
  const clock = () => now;
  const deps = world.holdDeps(direct, clock);
  const target: HoldTarget = { kind: 'user', userId: 'alice' };
  const set = async (state: 'held' | 'releasing') =>
    setHold({ ...deps, stored: { messages: true, profiles: false } }, target, state);
  const send = async (userId: string, id: string) =>
    sendMessage(
      { ...world.deps(direct, clock), retentionSeconds },
      { userId, connectionId: `${userId}-1` },
      { action: 'send', id, conversationId, content: { type: 'text', text: 'words' } },
    );
  const sweep = async () => {
    let pages = 0;
    const purge = world.purgeDeps(direct, clock, steadyRetention(retentionSeconds, clock));
    const headers: typeof purge.messages.headers = async (id, range) => {
      pages += 1;
      return purge.messages.headers(id, range);
    };
    await purgeConversation({ ...purge, messages: { ...purge.messages, headers } }, conversationId);
    now += 31_000;
    return pages;
  };
  await set('held');
  await applyHold(deps, target);
  for (const id of ['a', 'b', 'c', 'd']) await send('alice', id);
  for (const id of ['e', 'f', 'g', 'h', 'i']) await send('bob', id);
  for (let run = 0; run < 4; run += 1) await sweep();
  // All of alice's, two a page, and one page of what is not held.
  expect(await sweep()).toBe(3);
  expect(world.head().purgeShard).toBeDefined();
  await set('releasing');
  await applyHold(deps, target);
  for (let run = 0; run < 3; run += 1) expect(await sweep()).toBe(1);
});

import fc from 'fast-check';
import type { Head } from '../../../shared/conversations/conversation.ts';
import type { SendRequest } from '../../../shared/messages/message.ts';
import { type RelayMessageDeps, relayMessage } from '../../../shared/messages/relay-message.ts';
import type { Relay } from '../../../shared/messages/relay-store.ts';
import { epochMillis } from '../../../shared/time.ts';
import { dying } from '../../support/dying.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import { direct, type Step } from '../../support/step.ts';

const from = (userId: string) => ({ userId, connectionId: `${userId}-1` });

function frame(id: string): SendRequest {
  return { action: 'send', id, conversationId, content: { type: 'text', text: `text of ${id}` } };
}

/** As `messageWorld`, with the claim and the counter changed in one transaction. */
function relayWorld(retention?: number) {
  const world = messageWorld();
  const relays = new Map<string, Relay>();
  let head: Head = { ...world.head(), ...(retention !== undefined && { retention }) };

  function deps(step: Step, now = 1_000): RelayMessageDeps {
    const { conversations, connections, gateway } = world.deps(step, () => now);
    return {
      connections,
      gateway,
      policyMark: 'mark',
      metrics: { put: () => undefined },
      retentionSeconds: 604_800,
      handOver: undefined,
      now: () => epochMillis(now),
      conversations: {
        read: async (id) => {
          const found = await conversations.read(id);
          return found && { ...found, head };
        },
      },
      relays: {
        take: async ({ from: userId, id, seq, sentAt, expiresAt }) =>
          step(() => {
            const earlier = relays.get(`${userId} ${id}`);
            if (earlier !== undefined) return { earlier };
            if (head.lastSeq !== seq - 1) return 'behind';
            head = { ...head, lastSeq: seq, lastSentAt: sentAt };
            relays.set(`${userId} ${id}`, { userId, sendKey: id, claimedAt: sentAt, expiresAt, seq, sentAt });
            return 'taken';
          }),
        settle: async ({ from: userId, id }) =>
          step(() => {
            const relay = relays.get(`${userId} ${id}`);
            if (relay !== undefined) relays.set(`${userId} ${id}`, { ...relay, pushed: true });
          }),
      },
    };
  }
  return { deps, relays, pushed: world.pushed };
}

test('a repeat is acked with the first result and pushes nothing more', async () => {
  const { deps, pushed } = relayWorld();
  const first = await relayMessage(deps(direct), from('alice'), frame('a'));
  expect(first).toEqual({ conversationId, seq: 1, sentAt: 1_000, expiresAt: 604_801, stored: false });
  const repeat = await relayMessage(deps(direct, 9_000), from('alice'), frame('a'));
  expect(repeat).toEqual({ ...first, duplicate: true });
  expect(pushed).toEqual([{ connectionId: 'bob-1', seq: 1 }]);
});

const crashes = Array.from({ length: 5 }, (_, index) => index + 1).flatMap((at) => [
  { at, after: false },
  { at, after: true },
]);
test.each(crashes)(
  'a crash at call $at, after its effect: $after, loses nothing that is sent again',
  async (crash) => {
    const { deps, pushed, relays } = relayWorld();
    void relayMessage(deps(dying(crash, direct)), from('alice'), frame('a'));
    await new Promise((resolve) => setImmediate(resolve));
    const repeat = await relayMessage(deps(direct, 2_000), from('alice'), frame('a'));
    const next = await relayMessage(deps(direct, 3_000), from('bob'), frame('b'));
    expect([repeat.seq, next.seq]).toEqual([1, 2]);
    expect(pushed.filter(({ seq }) => seq === 1)).toContainEqual({ connectionId: 'bob-1', seq: 1 });
    expect([...relays.values()].map(({ seq, pushed: done }) => [seq, done])).toEqual([
      [1, true],
      [2, true],
    ]);
  },
);

test('however sends and their repeats interleave, the numbers are dense and each send has one', async () => {
  const sends = fc.array(fc.tuple(fc.constantFrom('alice', 'bob'), fc.constantFrom('a', 'b', 'c')), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), sends, async (scheduler, attempts) => {
      const { deps, pushed } = relayWorld();
      const scheduled: Step = async (effect) => scheduler.schedule(Promise.resolve()).then(effect);
      const done = Promise.all(
        attempts.map(async ([userId, id]) => {
          const { seq } = await relayMessage(deps(scheduled), from(userId), frame(id));
          return { name: `${userId} ${id}`, seq };
        }),
      );
      const acks = await scheduler.waitFor(done);
      const seqs = new Map(acks.map(({ name, seq }) => [name, seq]));
      for (const { name, seq } of acks) expect(seqs.get(name)).toBe(seq);
      expect([...seqs.values()].toSorted()).toEqual([...seqs.values()].map((_, index) => index + 1));
      expect(new Set(pushed.map(({ seq }) => seq))).toEqual(new Set(seqs.values()));
    }),
    { numRuns: 200 },
  );
});

test('a conversation with a shorter period ends its records with it', async () => {
  const { deps } = relayWorld(60);
  expect(await relayMessage(deps(direct), from('alice'), frame('a'))).toMatchObject({ expiresAt: 61 });
});

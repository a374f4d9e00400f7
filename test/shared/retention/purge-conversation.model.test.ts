import fc from 'fast-check';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import type { ProtocolError } from '../../../shared/protocol/errors.ts';
import type { Sender } from '../../../shared/push/fan-out-message.ts';
import { purgeConversation } from '../../../shared/retention/purge-conversation.ts';
import { turn } from '../../../shared/retention/turn.ts';
import { effectiveExpiry } from '../../../shared/stores/expiry/expiry.ts';
import { cutoff } from '../../../shared/stores/expiry/purge-times.ts';
import { type Retention, unchangedRetention, withPeriod } from '../../../shared/stores/expiry/retention.ts';
import type { SendRequest } from '../../../shared/stores/messages/message.ts';
import { epochMillis, epochSeconds } from '../../../shared/time.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import { direct, type Step } from '../../support/step.ts';

const start = 1_000_000_000_000;
const frame = (id: string): SendRequest => ({
  action: 'send',
  id,
  conversationId,
  content: { type: 'text', text: `text of ${id}` },
});
const from = (userId: string): Sender => ({ userId, connectionId: `${userId}-1` });

const dies = deathWithin(14);
const move = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      userId: fc.constantFrom('alice', 'bob'),
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      skew: fc.integer({ min: -2_000, max: 2_000 }),
      dies,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('sweep' as const),
      pages: fc.integer({ min: 1, max: 4 }),
      dies,
    }),
  },
);
/** What happens at the same time, under which policy, and how long nothing happens afterwards. */
const chapter = fc.record({
  moves: fc.array(move, { minLength: 1, maxLength: 5 }),
  retentionSeconds: fc.constantFrom(45, 600, 86_400),
  pause: fc.constantFrom(1_000, 20_000, 31_000, 106_000, 700_000, 90_000_000),
});

/** The runs that the schedule would make: two and those that an interrupted note costs. */
const runsWithinBound = 4;

test('with sends, repeats, crashes and policies that change, the sweeper deletes what expired and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(chapter, { minLength: 1, maxLength: 6 }),
      async (scheduler, chapters) => {
        const world = messageWorld();
        let now = start;
        const sentAs = new Map<number, string>();
        const storedAs = new Map<string, number>();
        /** By a stamp, or by any policy while it was in force. */
        const ended = new Set<number>();
        let retentionSeconds = 86_400;
        let retention = unchangedRetention(retentionSeconds);
        const policies = [{ from: 0, retentionSeconds }];
        const ask = async () => ({ ...retention, now: epochMillis(now) });
        const hasEnded =
          (sentAt: number) =>
          ({ from, retentionSeconds: kept }: (typeof policies)[number], index: number) => {
            const end = Math.max(from, sentAt + kept * 1_000);
            return end <= now && end < (policies[index + 1]?.from ?? Infinity);
          };
        // Collected, not thrown: a send would take a throw for trouble of its own.
        const faults: string[] = [];
        const watch = () => {
          for (const { seq, from: userId, id, sentAt, expiresAt } of world.messages.values()) {
            // A number is never given out twice, also when its first message is gone.
            const name = `${userId} ${id} ${sentAt}`;
            if ((sentAs.get(seq) ?? name) !== name) faults.push(`${seq} was given out twice`);
            sentAs.set(seq, name);
            // Nor is a send stored twice, also when its first message is gone: its record says that there was one.
            const send = `${userId} ${id}`;
            if ((storedAs.get(send) ?? seq) !== seq) faults.push(`${send} was stored twice`);
            storedAs.set(send, seq);
            if (expiresAt * 1_000 <= now || policies.some(hasEnded(sentAt))) ended.add(seq);
          }
          // What is gone had expired.
          for (const seq of sentAs.keys()) {
            if (!world.messages.has(seq) && !ended.has(seq)) faults.push(`${seq} was deleted alive`);
          }
        };
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          watch();
          await scheduler.schedule(Promise.resolve());
          return result;
        };
        for (const { moves, retentionSeconds: policy, pause } of chapters) {
          retentionSeconds = policy;
          const since = epochSeconds(now);
          policies.push({ from: now, retentionSeconds });
          retention = withPeriod(retention, { from: since, retentionSeconds }, epochMillis(now));
          for (const each of moves) {
            const step = dying(each.dies, scheduled);
            if (each.kind === 'sweep') {
              void purgeConversation(
                { ...world.purgeDeps(step, () => now, ask), isOver: turn(each.pages, () => false) },
                conversationId,
              );
            } else
              void sendMessage(
                { ...world.deps(step, () => now + each.skew), retentionSeconds: policy, retention: ask },
                from(each.userId),
                frame(each.id),
              ).catch((error: Partial<ProtocolError>) => {
                if (error.code !== 'EXPIRED') faults.push(`a send was refused: ${error.code}`);
              });
          }
          await scheduler.waitIdle();
          now += pause;
          watch();
        }
        expect(faults).toEqual([]);
        now += 61_000;
        watch();
        const expired = [...world.messages.values()].filter(
          (message) => effectiveExpiry(message, retention) + 60 <= now / 1_000,
        );
        for (let run = 0; run < runsWithinBound; run += 1) {
          const isDue = dueAt(world.head(), now, retention);
          if (isDue)
            await purgeConversation(
              world.purgeDeps(direct, () => now, ask),
              conversationId,
            );
          watch();
          now += 31_000;
          watch();
        }
        for (const { seq } of expired) expect(world.messages.has(seq)).toBe(false);
        // Time passes: whatever there still is ends, and the conversation leaves the index.
        now += 90_000_000;
        watch();
        for (let run = 0; run < runsWithinBound; run += 1) {
          if (dueAt(world.head(), now, retention))
            await purgeConversation(
              world.purgeDeps(direct, () => now, ask),
              conversationId,
            );
          now += 31_000;
          watch();
        }
        expect(world.messages.size).toBe(0);
        expect(world.head().purgeShard).toBeUndefined();
        expect(faults).toEqual([]);
        expect(world.head().lastSeq).toBe(Math.max(0, ...sentAs.keys()));
        expect([...sentAs.keys()].sort((one, other) => one - other)).toEqual(
          Array.from({ length: sentAs.size }, (_, index) => index + 1),
        );
      },
    ),
    { numRuns: 1_500 },
  );
});

type Head = ReturnType<ReturnType<typeof messageWorld>['head']>;

/** As the indexes find it. */
function dueAt({ purgeShard, nextPurgeAt, purgeFrom }: Head, now: number, retention: Retention): boolean {
  const { expiredBy, sentBy } = cutoff(retention, epochMillis(now));
  if (purgeShard === undefined || nextPurgeAt === undefined || purgeFrom === undefined) return false;
  return nextPurgeAt <= expiredBy || purgeFrom <= sentBy;
}

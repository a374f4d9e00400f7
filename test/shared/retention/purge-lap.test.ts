import { purgeLap } from '../../../shared/retention/purge-lap.ts';
import type { DueKey, PurgeLane } from '../../../shared/stores/conversations/conversation-store.ts';
import { purgeShards } from '../../../shared/stores/conversations/purge-mark.ts';
import { unchangedRetention } from '../../../shared/stores/expiry/retention.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';

const retentionSeconds = 100;
const cutoff = { expiredBy: 1_000 as EpochSeconds, sentBy: epochMillis(900_000) };

/** What is in which list, the earliest first. */
const lists: Readonly<Record<string, readonly DueKey[]>> = {
  'nextPurgeAt-2': [
    { conversationId: 'b', bound: 120 },
    { conversationId: 'd', bound: 140 },
    { conversationId: 'f', bound: 160 },
  ],
  // Ends at 110 and 150, by the retention; the other is the same as above.
  'purgeFrom-2': [
    { conversationId: 'a', bound: 10_000 },
    { conversationId: 'd', bound: 40_000 },
    { conversationId: 'e', bound: 50_000 },
  ],
  'nextPurgeAt-7': [{ conversationId: 'c', bound: 130 }],
};

const conversations = {
  listDuePage: async ({ by, shard }: PurgeLane, _cutoff: unknown, after?: DueKey) => {
    const all = lists[`${by}-${shard}`] ?? [];
    const from = after === undefined ? 0 : all.findIndex(({ bound }) => bound === after.bound) + 1;
    return { due: all.slice(from, from + 2), more: all.length > from + 2 };
  },
};
const lapFrom = (after = {}, shards = purgeShards) =>
  purgeLap(conversations, shards, unchangedRetention(retentionSeconds), { cutoff, after });

test('what ended first goes first, over all shards and by whichever list, and each once', async () => {
  const lap = lapFrom();
  expect([await lap.next(4), await lap.next(4), await lap.next(4)]).toEqual([
    ['a', 'b', 'c', 'd'],
    ['e', 'f'],
    [],
  ]);
});

test('a lap goes on from its place', async () => {
  const lap = lapFrom();
  await lap.next(3);
  const place = lap.place();
  expect(place).toEqual({
    cutoff,
    after: {
      'nextPurgeAt-2': { conversationId: 'b', bound: 120 },
      'purgeFrom-2': { conversationId: 'a', bound: 10_000 },
      'nextPurgeAt-7': { conversationId: 'c', bound: 130 },
    },
  });
  expect(await lapFrom(place.after).next(9)).toEqual(['d', 'e', 'f']);
});

test('a lap goes around its own shards alone', async () => {
  expect(await lapFrom({}, ['7', '0']).next(9)).toEqual(['c']);
});

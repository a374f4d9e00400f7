import type { ConversationStore, DueKey, PurgeLane } from '../stores/conversations/conversation-store.ts';
import { type Retention, retentionEnd } from '../stores/expiry/retention.ts';
import type { LapPlace } from '../stores/privacy/purge-run-store.ts';
import { epochMillis } from '../time.ts';

type Lane = {
  readonly lane: PurgeLane;
  readonly waiting: DueKey[];
  /** The last one that was handed out. */
  after: DueKey | undefined;
  /** There may be more behind those that wait. */
  more: boolean;
};

export type PurgeLap = {
  /** The next ones, oldest end first over all these shards, each once; fewer than asked for at the end. */
  next(count: number): Promise<readonly string[]>;
  place(): LapPlace;
};

const by = ['nextPurgeAt', 'purgeFrom'] as const;

/**
 * Once around everything in these shards that was due when the lap began. Whatever comes later is for the next lap, so that each has an
 * end, and whoever fails or is not done with is not alone in being seen to.
 */
export function purgeLap(
  conversations: Pick<ConversationStore, 'listDuePage'>,
  shards: readonly string[],
  retention: Retention,
  { cutoff, after }: LapPlace,
): PurgeLap {
  const lanes: readonly Lane[] = shards.flatMap((shard) =>
    by.map((list) => ({
      lane: { shard, by: list },
      waiting: [],
      after: after[nameOf({ shard, by: list })],
      more: true,
    })),
  );
  const handedOut = new Set<string>();

  return {
    async next(count) {
      const ids: string[] = [];
      while (ids.length < count) {
        await Promise.all(lanes.map(fill));
        const lane = oldest(lanes, retention);
        const due = lane?.waiting.shift();
        if (lane === undefined || due === undefined) break;
        lane.after = due;
        if (!handedOut.has(due.conversationId)) ids.push(due.conversationId);
        handedOut.add(due.conversationId);
      }
      return ids;
    },

    place: () => ({
      cutoff,
      after: Object.fromEntries(
        lanes.flatMap(({ lane, after: last }) => (last === undefined ? [] : [[nameOf(lane), last]])),
      ),
    }),
  };

  async function fill(lane: Lane): Promise<void> {
    if (lane.waiting.length > 0 || !lane.more) return;
    const { due, more } = await conversations.listDuePage(lane.lane, cutoff, lane.after);
    lane.waiting.push(...due);
    lane.more = more;
  }
}

const nameOf = ({ shard, by: list }: PurgeLane): string => `${list}-${shard}`;

function oldest(lanes: readonly Lane[], retention: Retention): Lane | undefined {
  const [first] = lanes
    .flatMap((lane) => lane.waiting.slice(0, 1).map((due) => ({ lane, end: endOf(lane, due, retention) })))
    .toSorted((one, other) => one.end - other.end);
  return first?.lane;
}

/** When it ended, by its stamp or by the retention. */
function endOf({ lane }: Lane, { bound }: DueKey, retention: Retention): number {
  return lane.by === 'nextPurgeAt' ? bound : retentionEnd(epochMillis(bound), retention);
}

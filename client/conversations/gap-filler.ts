import type { ConversationSummary } from '../../shared/protocol/conversations/table.ts';
import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import { waitFor } from '../time/backoff.ts';
import type { Clock } from '../time/clock.ts';
import { turns } from '../time/turns.ts';
import type { Request } from '../wire/actions.ts';
import { LapseError } from '../wire/lapse-error.ts';
import type { Timeline } from './timeline.ts';

/** Fetches from history what a timeline misses; one fetch at a time per conversation. */
export type GapFiller = {
  fill(conversationId: string, timeline: Timeline): Promise<void>;
};

export type GapFillerOptions = {
  readonly request: Request;
  readonly clock: Clock;
  readonly random: () => number;
  readonly pageSize: () => number;
  readonly kindOf: (conversationId: string) => ConversationSummary['kind'];
  readonly onMessages: (messages: readonly MessageBody[]) => void;
};

/** After that many reads without the missing message it is taken for gone. In a room it may come within fifteen seconds. */
const maxFruitless = { direct: 3, group: 3, room: 20 } as const;
/** Whoever comes back after a week has gaps everywhere: what the person does meanwhile is not to wait behind them. */
const mostAtOnce = 2;
/** There is nothing to fetch, now or later. */
const hopeless: ReadonlySet<string> = new Set(['NOT_STORED', 'NOT_FOUND']);

export function gapFiller({
  request,
  clock,
  random,
  pageSize,
  kindOf,
  onMessages,
}: GapFillerOptions): GapFiller {
  const filling = new Set<string>();
  const inTurn = turns(mostAtOnce);

  /** True when the timeline has come forward. */
  async function page(conversationId: string, timeline: Timeline): Promise<boolean> {
    const after = timeline.synced();
    const wanted = timeline.latest();
    const { messages, lastSeq, next } = await request('history', {
      conversationId,
      after,
      limit: pageSize(),
    });
    // What began to exist while the server was reading may be counted in `lastSeq` and not be in the page.
    const proven = next === undefined ? Math.min(lastSeq, wanted) : next - 1;
    const covered = Math.max(proven, ...messages.map(({ seq }) => seq));
    timeline.noteLatest(lastSeq);
    onMessages(timeline.add(messages));
    onMessages(timeline.markSynced(Math.max(covered, after)));
    return timeline.synced() > after;
  }

  const pause = (error?: LapseError) =>
    new Promise<void>((resolve) => clock.after(waitFor(error ?? {}, 3, random), resolve));

  async function run(conversationId: string, timeline: Timeline): Promise<void> {
    const kind = kindOf(conversationId);
    const most = maxFruitless[kind];
    for (let fruitless = 0; timeline.synced() < timeline.latest(); ) {
      let failure: LapseError | undefined;
      try {
        if (await inTurn(() => page(conversationId, timeline))) {
          fruitless = 0;
          continue;
        }
        fruitless += 1;
      } catch (error) {
        if (!(error instanceof LapseError)) throw error;
        failure = error;
        // A new connection is in no room yet: once it is, this is asked for again.
        if (kind === 'room' && error.code === 'NOT_FOUND') return;
        if (hopeless.has(error.code)) fruitless = most;
        // The next hello compares again and starts anew.
        else if (!error.retryable || error.code === 'NOT_CONNECTED') return;
      }
      if (fruitless >= most) onMessages(timeline.markSynced(timeline.latest()));
      else await pause(failure);
    }
  }

  return {
    async fill(conversationId, timeline) {
      if (filling.has(conversationId)) return;
      filling.add(conversationId);
      try {
        await run(conversationId, timeline);
      } finally {
        filling.delete(conversationId);
      }
    },
  };
}

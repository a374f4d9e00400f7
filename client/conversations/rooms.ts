import type { TimerSet } from '../time/timer-set.ts';
import type { Request } from '../wire/actions.ts';
import { LapseError } from '../wire/lapse-error.ts';
import type { ConversationStore } from './conversation-store.ts';

/** The rooms that the person is in: each lasts as long as a connection, and a new one has to say them anew. */
export type Rooms = {
  watch(conversationId: string): Promise<void>;
  unwatch(conversationId: string): Promise<void>;
  /** About how many are in it; undefined for what is no room that one is in. */
  live(conversationId: string): number | undefined;
  resume(): void;
  clear(): void;
};

/** What is numbered in the second in which one comes may not be pushed: some seconds later it is asked for. */
const againMs = 3_000;

export type RoomsOptions = {
  readonly timers: TimerSet;
  readonly conversations: ConversationStore;
  readonly request: Request;
  /** There are messages up to that number: what is missing is fetched. */
  readonly catchUp: (conversationId: string, lastSeq: number) => void;
  readonly changed: () => void;
};

export function createRooms({ conversations, request, timers, catchUp, changed }: RoomsOptions): Rooms {
  const live = new Map<string, number>();

  async function ask(conversationId: string): Promise<void> {
    const watched = await request('watch', { conversationId });
    live.set(conversationId, watched.live);
    if (conversations.summary(conversationId) === undefined)
      conversations.addOpened(
        { conversationId, kind: 'room', members: [], lastSeq: watched.lastSeq },
        watched.title,
      );
    catchUp(conversationId, watched.lastSeq);
    changed();
  }

  async function watch(conversationId: string): Promise<void> {
    await ask(conversationId);
    timers.after(againMs, () => {
      if (live.has(conversationId)) ask(conversationId).catch(failed(conversationId));
    });
  }

  const failed = (conversationId: string) => (error: unknown) => {
    if (!(error instanceof LapseError)) throw error;
    // What is no room any more is not asked for again; everything else the next connection tries.
    if (!error.retryable) live.delete(conversationId);
    changed();
  };

  return {
    watch,
    async unwatch(conversationId) {
      await request('unwatch', { conversationId });
      live.delete(conversationId);
      conversations.remove(conversationId);
      changed();
    },
    live: (conversationId) => live.get(conversationId),
    resume() {
      for (const conversationId of live.keys()) watch(conversationId).catch(failed(conversationId));
    },
    clear: () => live.clear(),
  };
}

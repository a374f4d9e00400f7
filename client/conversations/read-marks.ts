import { asLapseError } from '../wire/lapse-error.ts';

/** How far one has read, on its way to the server. */
export type ReadMarks = {
  mark(conversationId: string, seq: number): void;
  /** There is a connection again: tells what has not been told. */
  resume(): void;
};

/** One frame at a time for each conversation, and always the newest place: who reads fast is told of once. */
export function readMarks(tell: (conversationId: string, seq: number) => Promise<unknown>): ReadMarks {
  const untold = new Map<string, number>();
  const busy = new Set<string>();

  async function tellAll(conversationId: string): Promise<void> {
    if (busy.has(conversationId)) return;
    busy.add(conversationId);
    for (let seq = untold.get(conversationId); seq !== undefined; seq = untold.get(conversationId)) {
      const error = await tell(conversationId, seq).then(() => undefined, asLapseError);
      // The next connection tries again, or the next mark.
      if (error?.retryable === true) break;
      if (untold.get(conversationId) === seq) untold.delete(conversationId);
    }
    busy.delete(conversationId);
  }

  return {
    mark(conversationId, seq) {
      untold.set(conversationId, seq);
      void tellAll(conversationId);
    },
    resume() {
      for (const conversationId of untold.keys()) void tellAll(conversationId);
    },
  };
}

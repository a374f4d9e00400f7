export type Repeating = {
  /** Starts no further round and waits for the one under way. */
  stop(): Promise<void>;
};

export type RepeatOptions = {
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
};

/** Runs a task again and again with a pause in between, never two rounds at a time. */
export function repeat(
  task: (signal: AbortSignal) => Promise<void>,
  { everyMs, onError }: RepeatOptions,
): Repeating {
  const stopping = new AbortController();
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(done, everyMs);
      function done(): void {
        clearTimeout(timer);
        stopping.signal.removeEventListener('abort', done);
        resolve();
      }
      stopping.signal.addEventListener('abort', done);
    });
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await task(stopping.signal);
      } catch (error) {
        if (!stopping.signal.aborted) onError(error);
      }
      if (!stopping.signal.aborted) await pause();
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

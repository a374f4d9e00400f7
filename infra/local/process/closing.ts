/** Collects what has been started and ends it in the opposite order. */
export type Closing = {
  add(close: () => Promise<void>): void;
  /** Goes on when one of them fails, and reports it at the end. */
  close(): Promise<void>;
};

export function closing(): Closing {
  const closers: (() => Promise<void>)[] = [];
  let closed: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const close of closers.reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0)
      throw new AggregateError(failures, 'some parts of the local system did not end cleanly');
  };
  return {
    add: (close) => {
      closers.push(close);
    },
    close: () => {
      closed ??= closeAll();
      return closed;
    },
  };
}

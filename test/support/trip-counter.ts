import type { Command, Database } from '../../shared/stores/dynamodb/database.ts';

type Waiting = { readonly start: () => Promise<() => void> };

/**
 * Counts the trips of a piece of work: calls that are made side by side are one. Each waits until nothing else is asked for, then all
 * that wait are carried out, and only when the last of them is done are they answered. So the count follows from who waits for
 * whom, and not from how long anything takes.
 */
export function tripCounter(db: Database) {
  let trips = 0;
  let waiting: Waiting[] = [];

  const counted: Database = {
    send<Output>(command: Command<object, Output>): Promise<Output> {
      return wait(async () => db.send(command));
    },
  };

  return {
    db: counted,
    /** Takes part in a trip of others, or is one. */
    wait,
    trips: () => trips,
    reset(): void {
      trips = 0;
    },
  };

  async function wait<Done>(act: () => Promise<Done>): Promise<Done> {
    const answer = Promise.withResolvers<Done>();
    if (waiting.length === 0) afterAllElse(2);
    waiting.push({
      start: async () => {
        const outcome = await act().then(
          (done) => () => answer.resolve(done),
          (error: unknown) => () => answer.reject(error),
        );
        return outcome;
      },
    });
    return answer.promise;
  }

  /** Whatever is ready to run has run by then. */
  function afterAllElse(turns: number): void {
    setImmediate(() => (turns > 1 ? afterAllElse(turns - 1) : void go()));
  }

  async function go(): Promise<void> {
    const together = waiting;
    waiting = [];
    trips += 1;
    for (const answer of await Promise.all(together.map(async ({ start }) => start()))) answer();
  }
}

import type { InvocationResult } from '../model/model.ts';
import type { ExecutionEnvironment } from './execution-environment.ts';
import { failure } from './invocation-failures.ts';

/** The execution environments of one function. */
export type FunctionInstances = {
  invoke(event: unknown): Promise<InvocationResult>;
  /** Starts one environment, if there is none, and waits until it is ready. */
  warm(): Promise<void>;
  kill(): void;
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
};

export type InstancesOptions = {
  readonly start: () => ExecutionEnvironment;
  readonly maxInstances: number;
  readonly freezeIdle: boolean;
  /** As many start for a burst as the machine can run. More start when none of them has been done for `patienceMs`. */
  readonly eagerInstances: number;
  readonly patienceMs: number;
  /** All but one end after as long without an event. */
  readonly idleMs: number;
};

type Waiting = { readonly event: unknown; resolve(result: InvocationResult): void };
type State = 'starting' | 'idle' | 'busy';

/** A burst starts no more processes at a time: on a small machine they would starve those that are ready. */
const startsAtOnce = 2;

export function functionInstances(options: InstancesOptions): FunctionInstances {
  const environments = new Map<ExecutionEnvironment, State>();
  const alive = new Set<ExecutionEnvironment>();
  const held = new Set<ExecutionEnvironment>();
  const killed = new WeakSet<ExecutionEnvironment>();
  const idle = new Map<ExecutionEnvironment, NodeJS.Timeout>();
  const queue: Waiting[] = [];
  let closed = false;
  let stuck: NodeJS.Timeout | undefined;

  const count = (state: State): number =>
    [...environments].filter(([environment, its]) => its === state && !held.has(environment)).length;

  function next(environment: ExecutionEnvironment): void {
    // One whose process is ending is left alone: `exited` removes it and serves on.
    if (closed || !environments.has(environment) || !environment.usable()) return;
    const waiting = held.has(environment) ? undefined : queue.shift();
    if (waiting === undefined) {
      environments.set(environment, 'idle');
      idle.set(environment, setTimeout(endSurplus, options.idleMs, environment));
      if (options.freezeIdle) environment.freeze();
      return;
    }
    environments.set(environment, 'busy');
    forgetIdle(environment);
    void environment.run(waiting.event).then((result) => {
      waiting.resolve(result);
      // One that is done shows that those that wait will have their turn.
      stuck?.refresh();
      // A timed-out environment is being killed: `exited` removes it.
      if (result.ok || !result.timedOut) next(environment);
      else environments.delete(environment);
    });
  }

  async function start(): Promise<void> {
    const environment = options.start();
    environments.set(environment, 'starting');
    alive.add(environment);
    void environment.exited.then(() => {
      alive.delete(environment);
      environments.delete(environment);
      held.delete(environment);
      forgetIdle(environment);
      serve();
    });
    const refused = await environment.started;
    if (refused === undefined) {
      next(environment);
      return serve();
    }
    environments.delete(environment);
    environment.kill();
    // One that `kill` ended while it started had no event to fail.
    if (!killed.has(environment)) queue.shift()?.resolve(refused);
    serve();
  }

  /** Hands what waits to an idle environment, else to a new one, else leaves it in the queue. */
  function serve(): void {
    if (closed) return;
    for (const [environment, state] of environments) {
      if (queue.length === 0) return;
      if (state !== 'idle' || held.has(environment) || !environment.usable()) continue;
      if (options.freezeIdle) environment.thaw();
      next(environment);
    }
    startMore(options.eagerInstances);
    if (queue.length > 0) stuck ??= setTimeout(unstick, options.patienceMs);
  }

  function startMore(most: number): void {
    const starting = count('starting');
    const room = Math.min(Math.min(most, options.maxInstances) - count('busy'), startsAtOnce) - starting;
    const wanted = Math.min(queue.length - starting, room);
    for (let i = 0; i < wanted; i += 1) void start();
  }

  /** Those that run all wait for something, perhaps for one another: one more may go on. */
  function unstick(): void {
    stuck = undefined;
    if (closed || queue.length === 0) return;
    startMore(count('busy') + 1);
    stuck = setTimeout(unstick, options.patienceMs);
  }

  /** A burst is over, and what its environments hold is more than the moment in which the next one starts them again. */
  function endSurplus(environment: ExecutionEnvironment): void {
    idle.delete(environment);
    if (environments.size === 1 || held.has(environment)) return;
    environments.delete(environment);
    environment.kill();
  }

  function forgetIdle(environment: ExecutionEnvironment): void {
    clearTimeout(idle.get(environment));
    idle.delete(environment);
  }

  return {
    async invoke(event) {
      if (closed) return failure('Runtime.ExitError', 'the function pool is closed');
      const { promise, resolve } = Promise.withResolvers<InvocationResult>();
      queue.push({ event, resolve });
      serve();
      return await promise;
    },
    async warm() {
      if (!closed && environments.size === 0) await start();
    },
    kill() {
      for (const environment of alive) {
        forgetIdle(environment);
        killed.add(environment);
        environment.kill();
      }
      environments.clear();
    },
    freeze() {
      for (const environment of environments.keys()) {
        held.add(environment);
        environment.freeze();
      }
    },
    thaw() {
      for (const environment of held) {
        held.delete(environment);
        if (environments.get(environment) !== 'idle' || !options.freezeIdle) environment.thaw();
      }
      serve();
    },
    async close() {
      closed = true;
      clearTimeout(stuck);
      for (const environment of [...idle.keys()]) forgetIdle(environment);
      const all = [...alive];
      for (const waiting of queue.splice(0)) {
        waiting.resolve(failure('Runtime.ExitError', 'the function pool is closed'));
      }
      for (const environment of all) environment.kill();
      await Promise.all(all.map((environment) => environment.exited));
    },
  };
}

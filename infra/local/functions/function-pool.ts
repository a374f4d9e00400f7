import { availableParallelism } from 'node:os';
import type { Invoke, LocalFunction } from '../model/model.ts';
import { startEnvironment } from './execution-environment.ts';
import { type FunctionInstances, functionInstances } from './function-instances.ts';
import { failure } from './invocation-failures.ts';
import { orphanGuard } from './orphan-guard.ts';

export type FunctionPoolOptions = {
  /** Added to every function, below the function's own. */
  readonly environment: Readonly<Record<string, string>>;
  readonly onLog?: (functionName: string, line: string) => void;
  readonly maxInstances?: number;
  /** As many start at once for a burst: by default what this machine can run. */
  readonly eagerInstances?: number;
  /** More start when none of them has been done for so long. */
  readonly patienceMs?: number;
  /** All but one of a function end after so long without an event. */
  readonly idleMs?: number;
  /** False lets an environment run on between two events, which Lambda never does. */
  readonly freezeIdle?: boolean;
  readonly initTimeoutMs?: number;
  /** The bootstrap as JavaScript, which starts sooner; the source without it. */
  readonly bootstrap?: string | undefined;
  /** Where V8's code of the bundles is kept; compiled each time without it. */
  readonly compiled?: string;
};

export type FunctionPool = {
  readonly invoke: Invoke;
  /** Starts one environment of each and waits until their handlers are loaded. */
  warm(functionNames: readonly string[]): Promise<void>;
  /** Kills every environment of the function: what it was running fails, what comes next starts anew. */
  kill(functionName: string): void;
  /** Stops every present environment of the function where it stands; what comes next gets new ones. */
  freeze(functionName: string): void;
  thaw(functionName: string): void;
  close(): Promise<void>;
};

/** Runs functions as Lambda does: a process for each environment, one event at a time, frozen between events. */
export function functionPool(
  functions: readonly LocalFunction[],
  options: FunctionPoolOptions,
): FunctionPool {
  const guard = orphanGuard();
  const instances = new Map(functions.map((fn) => [fn.functionName, instancesOf(fn)]));

  function instancesOf(fn: LocalFunction): FunctionInstances {
    const deps = {
      shared: options.environment,
      onLine: (line: string) => options.onLog?.(fn.functionName, line),
      initTimeoutMs: options.initTimeoutMs ?? 30_000,
      bootstrap: options.bootstrap,
      compiled: options.compiled,
    };
    const start = () => {
      const environment = startEnvironment(fn, deps);
      const { pid } = environment;
      if (pid !== undefined) {
        guard.watch(pid);
        void environment.exited.then(() => guard.forget(pid));
      }
      return environment;
    };
    return functionInstances({
      start,
      maxInstances: options.maxInstances ?? 10,
      freezeIdle: options.freezeIdle ?? true,
      eagerInstances: options.eagerInstances ?? Math.max(2, availableParallelism()),
      patienceMs: options.patienceMs ?? 200,
      idleMs: options.idleMs ?? 5_000,
    });
  }

  function named(functionName: string): FunctionInstances {
    const found = instances.get(functionName);
    if (found === undefined) {
      throw new Error(`no function ${functionName}: choose one of ${[...instances.keys()].join(', ')}`);
    }
    return found;
  }

  return {
    async invoke(functionName, event) {
      const found = instances.get(functionName);
      return found === undefined
        ? failure('ResourceNotFoundException', `Function not found: ${functionName}`)
        : await found.invoke(event);
    },
    async warm(functionNames) {
      await Promise.all(functionNames.map((name) => named(name).warm()));
    },
    kill: (functionName) => named(functionName).kill(),
    freeze: (functionName) => named(functionName).freeze(),
    thaw: (functionName) => named(functionName).thaw(),
    async close() {
      await Promise.all([...instances.values()].map((its) => its.close()));
      guard.close();
    },
  };
}

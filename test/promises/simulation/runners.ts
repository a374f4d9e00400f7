import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Model } from '../system/model.ts';
import { programOf } from '../system/program.ts';
import { type RunOptions, type RunResult, run } from './run.ts';

/** What one run of a seed is told; functions cannot go to another thread. */
export type SeedOptions = Pick<RunOptions, 'seed' | 'steps' | 'only' | 'until' | 'rests'>;

export type Runner = {
  run(options: SeedOptions): Promise<RunResult>;
  close(): Promise<void>;
};

export type RunnersDeps = {
  readonly model: Model;
  /** The functions as one program. */
  readonly source: string;
  readonly onCall?: RunOptions['onCall'];
};

/** So many that live through seeds at the same time: one alone in this thread, several each in a thread of its own. */
export function runnersOf(count: number, { model, source, onCall }: RunnersDeps): readonly Runner[] {
  if (count > 1) return Array.from({ length: count }, () => threadOf({ model, source }));
  const program = programOf(source);
  return [
    {
      run: async (options) => run({ model, program, ...(onCall && { onCall }), ...options }),
      close: async () => undefined,
    },
  ];
}

export type ThreadData = Pick<RunnersDeps, 'model' | 'source'>;

/** One that lives through seeds in a thread of its own. */
export function threadOf(workerData: ThreadData): Runner {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData });
  return {
    async run(options) {
      worker.postMessage(options);
      // Rejects with what ends the thread.
      const [result] = await once(worker, 'message');
      return result as RunResult;
    },
    close: async () => void (await worker.terminate()),
  };
}

import { parentPort, workerData } from 'node:worker_threads';
import { programOf } from '../system/program.ts';
import { run } from './run.ts';
import type { SeedOptions, ThreadData } from './runners.ts';

const { model, source } = workerData as ThreadData;
const program = programOf(source);

parentPort?.on('message', (options: SeedOptions) => {
  // A rejection ends the thread, and with it the wait of who has asked.
  void run({ model, program, ...options }).then((result) => parentPort?.postMessage(result));
});

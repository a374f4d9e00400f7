import { type Profiler, Session } from 'node:inspector';

/**
 * From here on and to the end of the process: V8 counts in the code that it compiles from now on, and loses its
 * counters where the counting is stopped. Import this before what is to be counted.
 */
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/**
 * How many steps `work` took: how often a block of code was entered. No time, so the same on every machine. What V8
 * does inside of its own functions (an expression, a sort, JSON.parse) takes none.
 */
export async function countedSteps(work: () => unknown): Promise<number> {
  taken();
  await work();
  return taken()
    .flatMap(({ functions }) => functions)
    .flatMap(({ ranges }) => ranges)
    .reduce((steps, { count }) => steps + count, 0);
}

/** What was counted since the last time. A session with one's own thread answers before it returns. */
function taken(): readonly Profiler.ScriptCoverage[] {
  let answer: readonly Profiler.ScriptCoverage[] | undefined;
  session.post('Profiler.takePreciseCoverage', (error, coverage) => {
    if (error !== null) throw error;
    answer = coverage.result;
  });
  if (answer === undefined) throw new Error('V8 has counted nothing');
  return answer;
}

import { bundle, payload, poolOf, subject } from './test-pool.ts';

const pidOf = 'export const handler = async () => process.pid;';
/** Answers `go` at once and holds everything else until it is killed or released. */
const hang = `export const handler = async (event) => event.hang ? new Promise(() => setInterval(() => {}, 1000)) : process.pid;`;

/** `await both()` goes on once two environments have come to it. */
const both = `
  import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
  const folder = process.env.LAMBDA_TASK_ROOT + '/came/';
  async function both() {
    mkdirSync(folder, { recursive: true });
    writeFileSync(folder + process.pid, '');
    while (readdirSync(folder).length < 2) await new Promise((r) => setTimeout(r, 5));
  }`;

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** How many of two are gone, once one of them is. */
async function gone(pids: readonly number[]): Promise<number> {
  while (pids.every(runs)) await new Promise((resolve) => setTimeout(resolve, 5));
  return pids.filter((pid) => !runs(pid)).length;
}

describe('function pool', () => {
  test('the event and the result are JSON, as on Lambda', async () => {
    const pool = await subject(
      'export const handler = async (event) => ({ got: event, no: undefined, at: new Date(0) });',
    );
    expect(await payload(pool, { a: [1, 'é', null] })).toEqual({
      got: { a: [1, 'é', null] },
      at: '1970-01-01T00:00:00.000Z',
    });
  });

  test('a handler that returns nothing answers null', async () => {
    expect(await payload(await subject('export const handler = async () => {};'))).toBeNull();
  });

  test('R26 an environment takes one event at a time and shares no module state with another', async () => {
    const pool = await subject(
      `${both}
      let active = 0;
      let count = 0;
      export const handler = async () => {
        active += 1;
        count += 1;
        await both();
        await new Promise((r) => setTimeout(r, 5));
        const seen = { active, count, pid: process.pid };
        active -= 1;
        return seen;
      };`,
      {},
      { maxInstances: 3 },
    );
    const seen = (await Promise.all(Array.from({ length: 30 }, () => payload(pool)))).map(Object);
    expect(new Set(seen.map(({ pid }) => pid)).size).toBeGreaterThan(1);
    for (const its of Object.values(Object.groupBy(seen, ({ pid }) => String(pid)))) {
      expect(its?.map(({ active, count }) => [active, count])).toEqual(its?.map((_, i) => [1, i + 1]));
    }
  });

  test('R26 the next event finds the state that the last one left', async () => {
    const pool = await subject(
      'let count = 0; export const handler = async () => { count += 1; return count; };',
    );
    expect([await payload(pool), await payload(pool), await payload(pool)]).toEqual([1, 2, 3]);
  });

  test('R26 work that nobody awaited is frozen when the handler resolves and goes on with the next event', async () => {
    const pool = await subject(`
      let ticks = 0;
      export const handler = async (event) => {
        if (event.start) setInterval(() => { ticks += 1; }, 5);
        return ticks;
      };`);
    await payload(pool, { start: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await payload(pool)).toBeLessThan(20);
  });

  test('an environment that is not frozen between events lets such work go on', async () => {
    const { promise: logged, resolve } = Promise.withResolvers<string>();
    const pool = await subject(
      'export const handler = async () => { setTimeout(() => console.log("later"), 50); };',
      {},
      { freezeIdle: false, onLog: (_name, line) => resolve(line) },
    );
    await payload(pool);
    expect(await logged).toBe('later');
  });

  test('what is more than maxInstances at a time waits for a free environment', async () => {
    const pool = await subject(
      `${both} export const handler = async () => { await both(); return process.pid; };`,
      {},
      { maxInstances: 2 },
    );
    const pids = await Promise.all(Array.from({ length: 7 }, () => payload(pool)));
    expect(new Set(pids).size).toBe(2);
  });

  test('a burst starts what the machine can run, and more when those that run are stuck', async () => {
    const three = both.replace('length < 2', 'length < 3');
    const stuck = await subject(
      `${three} export const handler = async () => { await both(); return process.pid; };`,
      {},
      { eagerInstances: 1, patienceMs: 1 },
    );
    const pids = await Promise.all(Array.from({ length: 3 }, () => payload(stuck)));
    expect(new Set(pids).size).toBe(3);
  });

  test('a burst whose events are done one after the other starts no more', async () => {
    // Together as long as it takes to start another one.
    const working = 'export const handler = () => new Promise((r) => setTimeout(r, 100, process.pid));';
    const pool = await subject(working, {}, { eagerInstances: 1, patienceMs: 60_000 });
    const pids = await Promise.all(Array.from({ length: 10 }, () => payload(pool)));
    expect(new Set(pids).size).toBe(1);
  });

  test('after a burst all environments end but one, which keeps its state', async () => {
    const pool = await subject(
      `${both} export const handler = async (event) => { if (event.burst) await both(); return process.pid; };`,
      {},
      { eagerInstances: 2, idleMs: 1 },
    );
    const pids = (await Promise.all([1, 2].map(() => payload(pool, { burst: true })))).map(Number);
    await expect(gone(pids)).resolves.toBe(1);
    const left = await payload(pool);
    expect(pids).toContain(left);
    expect(await payload(pool)).toBe(left);
  });

  test('a function sees its own variables, those of the pool and those of Lambda, and nothing of this machine', async () => {
    const pool = await subject(
      'export const handler = async () => process.env;',
      { environment: { TABLE: 'mine', SHARED: 'mine' } },
      { environment: { SHARED: 'pool', AWS_REGION: 'eu-west-1' } },
    );
    const env = await payload(pool);
    expect(env).toMatchObject({
      TABLE: 'mine',
      SHARED: 'mine',
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'subject',
      TZ: ':UTC',
    });
    expect(env).not.toHaveProperty('HOME');
    expect(env).not.toHaveProperty('NODE_OPTIONS');
  });

  test('the context is that of Lambda', async () => {
    const pool = await subject(
      'export const handler = async (_, context) => ({ ...context, left: context.getRemainingTimeInMillis() });',
      { timeoutSeconds: 9 },
    );
    const first = await payload(pool);
    expect(first).toEqual({
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      functionName: 'subject',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:subject',
      memoryLimitInMB: '512',
      logGroupName: '/aws/lambda/subject',
      logStreamName: expect.any(String),
      callbackWaitsForEmptyEventLoop: true,
      left: expect.any(Number),
    });
    expect(Object(first).left).toBeGreaterThan(7000);
    expect(Object(first).left).toBeLessThanOrEqual(9000);
    expect(Object(await payload(pool)).awsRequestId).not.toBe(Object(first).awsRequestId);
  });

  test('warm starts one environment of each, which the first event then finds', async () => {
    const lines: string[] = [];
    const source = 'console.log("loaded"); export const handler = async () => 1;';
    const pool = await subject(source, {}, { onLog: (name, line) => lines.push(`${name} ${line}`) });
    await pool.warm(['subject']);
    await pool.warm(['subject']);
    await payload(pool);
    await pool.close();
    expect(lines).toEqual(['subject loaded']);
  });

  test('warming, killing or freezing a function that does not exist names those that do', async () => {
    const pool = poolOf([await bundle(pidOf), await bundle(pidOf, { functionName: 'other' })]);
    await expect(pool.warm(['nobody'])).rejects.toThrow('no function nobody: choose one of subject, other');
    expect(() => pool.kill('nobody')).toThrow('no function nobody');
    expect(await pool.invoke('nobody', {})).toMatchObject({
      ok: false,
      errorType: 'ResourceNotFoundException',
    });
  });

  test('kill fails what runs, and what comes next has a new environment', async () => {
    const pool = await subject(hang);
    const before = await payload(pool);
    const running = pool.invoke('subject', { hang: true });
    pool.kill('subject');
    expect(await running).toMatchObject({
      ok: false,
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('signal: SIGKILL'),
    });
    const after = await payload(pool);
    expect(after).not.toBe(before);
  });

  test('freeze stops what runs; what comes next has a new environment; thaw lets it finish', async () => {
    const pool = await subject(`
      export const handler = async (event) => {
        if (event.slow) await new Promise((r) => setTimeout(r, 100));
        return process.pid;
      };`);
    const before = await payload(pool);
    let finished = false;
    const running = payload(pool, { slow: true }).then((pid) => {
      finished = true;
      return pid;
    });
    pool.freeze('subject');
    expect(await payload(pool, { slow: true })).not.toBe(before);
    expect(finished).toBe(false);
    pool.thaw('subject');
    expect(await running).toBe(before);
  });

  test('freeze keeps an idle environment out of use until thaw', async () => {
    const pool = await subject(pidOf);
    const before = await payload(pool);
    pool.freeze('subject');
    const other = await payload(pool);
    expect(other).not.toBe(before);
    pool.kill('subject');
    pool.thaw('subject');
    expect(await payload(pool)).not.toBe(before);
  });

  test('close fails what runs and what waits, and leaves no process behind', async () => {
    const pool = await subject(hang, {}, { maxInstances: 1 });
    const pid = Number(await payload(pool));
    const running = pool.invoke('subject', { hang: true });
    const waiting = pool.invoke('subject', {});
    await pool.close();
    expect(await running).toMatchObject({ ok: false });
    expect(await waiting).toMatchObject({ ok: false });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(await pool.invoke('subject', {})).toMatchObject({ ok: false });
  });
});

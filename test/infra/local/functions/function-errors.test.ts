import { processGone } from './process-gone.ts';
import { payload, subject } from './test-pool.ts';

describe('function errors', () => {
  test('what a handler throws is the result, and the environment lives on', async () => {
    const lines: string[] = [];
    const pool = await subject(
      'export const handler = async (event) => { if (event.fail) throw new TypeError("bad"); return process.pid; };',
      {},
      { onLog: (_name, line) => lines.push(line) },
    );
    const before = await payload(pool);
    expect(await pool.invoke('subject', { fail: true })).toEqual({
      ok: false,
      errorType: 'TypeError',
      errorMessage: 'bad',
      timedOut: false,
    });
    expect(await payload(pool)).toBe(before);
    await pool.close();
    expect(lines[0]).toBe('TypeError: bad');
  });

  test('a synchronous throw, and a throw of something that is no error', async () => {
    const pool = await subject(
      'export const handler = (event) => { throw event.error ? new Error("sync") : "text"; };',
    );
    expect(await pool.invoke('subject', { error: true })).toMatchObject({
      errorType: 'Error',
      errorMessage: 'sync',
    });
    expect(await pool.invoke('subject', {})).toMatchObject({ errorType: 'string', errorMessage: 'text' });
  });

  test('a timeout kills the environment and says how long it was', async () => {
    const pool = await subject(
      'export const handler = async (event) => event.hang ? new Promise(() => setInterval(() => {}, 9)) : process.pid;',
      { timeoutSeconds: 2 },
    );
    const before = await payload(pool);
    expect(await pool.invoke('subject', { hang: true })).toEqual({
      ok: false,
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 2\.00 seconds$/),
      timedOut: true,
    });
    await processGone(Number(before));
    expect(await payload(pool)).not.toBe(before);
  });

  test('a frozen function runs into its timeout', async () => {
    const pool = await subject(
      'export const handler = async () => new Promise((r) => setTimeout(r, 1000));',
      {
        timeoutSeconds: 1,
      },
    );
    await pool.warm(['subject']);
    const running = pool.invoke('subject', {});
    pool.freeze('subject');
    expect(await running).toMatchObject({ ok: false, timedOut: true });
  });

  test('a process that exits fails its own event only', async () => {
    const pool = await subject(`
      export const handler = async (event) => {
        if (event.exit) process.exit(7);
        await new Promise((r) => setTimeout(r, 100));
        return 'fine';
      };`);
    const [dead, alive] = await Promise.all([
      pool.invoke('subject', { exit: true }),
      pool.invoke('subject', {}),
    ]);
    expect(dead).toMatchObject({
      ok: false,
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('exit status 7'),
    });
    expect(alive).toEqual({ ok: true, payload: 'fine' });
  });

  test('an unhandled rejection ends the environment, as on Lambda', async () => {
    const pool = await subject(
      'export const handler = async () => { void Promise.reject(new Error("lost")); await new Promise((r) => setTimeout(r, 1000)); };',
    );
    expect(await pool.invoke('subject', {})).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
  });

  test('R27 a callback-style handler is refused', async () => {
    const pool = await subject('export const handler = (event, context, callback) => callback(null, 1);');
    expect(await pool.invoke('subject', {})).toMatchObject({
      ok: false,
      errorType: 'Runtime.CallbackHandlerDeprecated',
      errorMessage: expect.stringContaining('removed support for callback-based function handlers'),
    });
  });

  test.each([
    ['a bundle that throws while it loads', 'throw new RangeError("at load");', {}, 'RangeError'],
    ['a bundle that does not parse', 'export const handler = (', {}, 'SyntaxError'],
    ['a handler that is not exported', 'export const other = 1;', {}, 'Runtime.HandlerNotFound'],
    ['a file that is not there', '', { handler: 'missing.handler' }, 'Runtime.ImportModuleError'],
    ['a folder that is not there', '', { codePath: '/nowhere/at/all' }, 'Runtime.ExitError'],
  ])('%s fails every event, and none hangs', async (_name, source, extra, errorType) => {
    const pool = await subject(source, extra);
    await pool.warm(['subject']);
    const results = await Promise.all([pool.invoke('subject', {}), pool.invoke('subject', {})]);
    expect(results).toEqual([expect.objectContaining({ errorType }), expect.objectContaining({ errorType })]);
  });

  test('a bundle that never finishes loading fails its event', async () => {
    const pool = await subject(
      'await new Promise(() => setInterval(() => {}, 9));',
      {},
      { initTimeoutMs: 500 },
    );
    expect(await pool.invoke('subject', {})).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
  });

  test('a result that is not JSON fails its event only', async () => {
    const pool = await subject('export const handler = async (event) => event.big ? 1n : 1;');
    expect(await pool.invoke('subject', { big: true })).toMatchObject({ ok: false, errorType: 'TypeError' });
    expect(await payload(pool)).toBe(1);
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { credentialsFile } from '../../../infra/local/credentials/credentials-file.ts';
import { freePort } from '../../../infra/local/network/free-port.ts';
import { projectRoot } from '../../../infra/local/synthesis/synthesize.ts';
import { processGone } from './functions/process-gone.ts';

/** The Invoke API takes the port behind the asked one. */
const freePair = async (): Promise<string> => String(await freePort(2));

type Outcome = { readonly code: number | null; readonly out: string; readonly err: string };

const start = (program: string, args: readonly string[], environment: object = {}): ChildProcess =>
  spawn(process.execPath, [join('infra', 'local', program), ...args], {
    cwd: projectRoot,
    env: { ...process.env, NO_COLOR: '', ...environment },
  });

async function run(program: string, ...args: readonly string[]): Promise<Outcome> {
  const child = start(program, args);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close'),
  ]);
  return { code, out, err };
}

/** Every process that descends from this one, by what the kernel says. */
const descendantsOf = (pid: number): readonly number[] => {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/stat`))
    .map((name) => ({ pid: Number(name), parent: Number(parentIn(name)) }))
    .filter((one) => one.parent === pid);
  return children.flatMap((child) => [child.pid, ...descendantsOf(child.pid)]);
};

const parentIn = (pid: string): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1];
  } catch {
    return undefined;
  }
};

test('starts, answers the token and invoke commands, and leaves nothing behind after Ctrl-C', async () => {
  const port = await freePair();
  const system = start('main.ts', ['--port', port]);
  const [complaint, exit] = [text(system.stderr!), once(system, 'close')];
  const lines: string[] = [];
  for await (const line of createInterface({ input: system.stdout! })) {
    lines.push(line);
    if (line.startsWith('web ')) break;
  }
  expect(lines.slice(-3)).toEqual([
    `ready ws://127.0.0.1:${port}/v1`,
    `invoke http://127.0.0.1:${Number(port) + 1}`,
    `web http://127.0.0.1:${port}/`,
  ]);

  const token = await run('token-command.ts', 'alice', '--minutes', '-5', '--port', port);
  expect(token).toMatchObject({ code: 0, out: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/), err: '' });
  const claims = JSON.parse(Buffer.from(token.out.split('.')[1]!, 'base64url').toString());
  expect(claims.sub).toBe('alice');
  expect(claims.exp).toBeLessThan(Date.now() / 1000);
  expect(await run('invoke-command.ts', 'expire-connections', '--port', port)).toEqual({
    code: 0,
    out: 'null\n',
    err: '',
  });
  const credentials = await run('credentials-command.ts', '--port', port);
  expect(credentials).toMatchObject({ code: 0, err: '' });
  expect(credentials.out).toMatch(
    new RegExp(
      `^export AWS_ACCESS_KEY_ID=local\nexport AWS_SECRET_ACCESS_KEY=[\\w-]{43}\nexport AWS_REGION=ap-northeast-2\nexport AWS_ENDPOINT_URL_LAMBDA=http://127.0.0.1:${Number(port) + 1}\n$`,
    ),
  );
  expect(await run('invoke-command.ts', 'nothing', '--port', port)).toMatchObject({ code: 1, out: '' });
  expect(await run('main.ts', '--port', port)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^port \d+ is in use: .*\n$/),
  });

  const children = descendantsOf(system.pid!);
  expect(children.length).toBeGreaterThan(2);
  system.kill('SIGINT');
  const [code] = await exit;
  expect([code, await complaint]).toEqual([0, '']);
  expect(children.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
  expect(existsSync(credentialsFile(Number(port)))).toBe(false);
});

test('Ctrl-C while it is still starting ends it without a word, and nothing goes on', async () => {
  // Nothing is ready: it begins with the bundles.
  const cache = await mkdtemp(join(tmpdir(), 'lapse-test-cache-'));
  const system = start('main.ts', ['--port', await freePair()], { XDG_CACHE_HOME: cache });
  const [complaint, exit] = [text(system.stderr!), once(system, 'exit')];
  const lines: string[] = [];
  let children: readonly number[] = [];
  for await (const line of createInterface({ input: system.stdout! })) {
    lines.push(line);
    children = descendantsOf(system.pid!);
    system.kill('SIGINT');
  }
  expect(await exit).toEqual([0, null]);
  await Promise.all(children.map(processGone));
  expect([lines, await complaint]).toEqual([['bundling the functions'], '']);
  expect(readdirSync(join(cache, 'lapse', 'functions'))).toEqual([]);
  await rm(cache, { recursive: true });
});

/** In a process group of its own, as a terminal starts it. */
async function startWithNpm() {
  const options = { cwd: projectRoot, detached: true };
  const npm = spawn('npm', ['start', '-s', '--', '--port', await freePair()], options);
  for await (const line of createInterface({ input: npm.stdout })) if (line.startsWith('web ')) break;
  return npm;
}

test('Ctrl-C in a terminal, which reaches npm and the system, ends both in order', async () => {
  const npm = await startWithNpm();
  const children = descendantsOf(npm.pid!);
  process.kill(-npm.pid!, 'SIGINT');
  expect(await once(npm, 'exit')).toEqual([0, null]);
  await Promise.all(children.map(processGone));
});

test.each(['SIGTERM', 'SIGKILL'] as const)('npm ended by %s takes the system with it', async (signal) => {
  const npm = await startWithNpm();
  const children = descendantsOf(npm.pid!);
  expect(children.length).toBeGreaterThan(3);
  npm.kill(signal);
  await Promise.all(children.map(processGone));
});

test.each([
  ['--data', import.meta.filename],
  ['--dynamodb-endpoint', 'nonsense'],
])('%s with what cannot be one: one line', async (option, value) => {
  expect(await run('main.ts', '--port', await freePair(), option, value)).toMatchObject({
    code: 1,
    err: expect.stringMatching(new RegExp(`^${option} [^\\n]+\\n$`)),
  });
});

test('a token or an invocation without a running system says how to start one', async () => {
  const port = await freePair();
  const expected = {
    code: 1,
    out: '',
    err: `no local system at port ${port}: start one with \`npm start -- --port ${port}\`\n`,
  };
  expect(await run('token-command.ts', 'alice', '--port', port)).toEqual(expected);
  expect(await run('invoke-command.ts', 'send', '--port', port)).toEqual(expected);
});

test('a broken configuration gives the lines of the CDK app and no stack', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lapse-test-config-'));
  try {
    const file = join(folder, 'broken.json');
    await writeFile(file, '{"messages": {"retention": "soon"}}');
    const { code, err } = await run('main.ts', '--port', await freePair(), '--config', file);
    expect(code).toBe(1);
    expect(err).toContain('messages.retention');
    expect(err).not.toContain('    at ');
    // What fails first is told, not what is found when all the work is done.
    const without = ['--dynamodb-endpoint', 'http://127.0.0.1:1'];
    expect(await run('main.ts', '--port', await freePair(), '--config', file, ...without)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^no DynamoDB answers at http:\/\/127\.0\.0\.1:1 [^\n]*\n$/),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test.each(['main.ts', 'token-command.ts', 'invoke-command.ts'])(
  '%s has help and names an option it does not know',
  async (program) => {
    expect(await run(program, '--help')).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('--port N'),
    });
    expect(await run(program, '--wrong')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^Unknown option '--wrong'.*\n$/),
    });
    expect(await run(program, '--port', '0x')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^(--port 0x: a number|name ).*\n$/),
    });
  },
);

test('an occupied port next to the asked one is named', async () => {
  const asked = await freePort(2);
  const port = asked + 1;
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  expect(await run('main.ts', '--port', String(asked))).toMatchObject({
    code: 1,
    err: expect.stringContaining(`port ${port} is in use`),
  });
  other.close();
});

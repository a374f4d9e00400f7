import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text as textOf } from 'node:stream/consumers';
import { freePort } from '../../infra/local/network/free-port.ts';
import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';

/** The page as a newcomer goes through it: what to type, and what is said to come of it. */
type Block = { readonly kind: 'type' | 'see'; readonly text: string };

let port: number;
let data: string;
let started: ChildProcess | undefined;

beforeAll(async () => {
  [port, data] = await Promise.all([freePort(), mkdtemp(join(tmpdir(), 'lapse-walk-'))]);
});
afterAll(async () => {
  await stop();
  await rm(data, { recursive: true, force: true });
});

async function blocks(): Promise<readonly Block[]> {
  const page = await readFile(join(projectRoot, 'docs/walk-through.md'), 'utf8');
  return [...page.matchAll(/^```(sh)?\n(.*?)^```$/gms)].map(([, language, text = '']) => ({
    kind: language === 'sh' ? 'type' : 'see',
    text,
  }));
}

/** Another port and folder than the page says, so that it disturbs nobody. */
const here = (script: string) =>
  script
    .replaceAll(/npm (start|run -s (?:chat|admin)) -- /g, `$&--port ${port} `)
    .replaceAll('.lapse/walk-through', data);

async function start(script: string): Promise<void> {
  await stop();
  started = spawn('bash', ['-c', `exec ${here(script)}`], { cwd: projectRoot, detached: true });
  const { stdout } = started;
  if (stdout === null) throw new Error('no output to read');
  for await (const line of createInterface({ input: stdout })) if (line.startsWith('ready ')) break;
  stdout.resume();
}

/** Ctrl-C. */
async function stop(): Promise<void> {
  if (started?.pid === undefined || started.exitCode !== null) return;
  process.kill(-started.pid, 'SIGINT');
  await once(started, 'close');
}

async function run(script: string): Promise<string> {
  const child = spawn('bash', ['-c', `set -e\n${here(script)}`], { cwd: projectRoot });
  const [out, err, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close'),
  ]);
  if (code !== 0) throw new Error(`ended with ${code}: ${script}\n${err}`);
  return out;
}

const literal = (text: string) => text.trimEnd().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `…` stands for anything within a line; other lines may come in between. */
function shows(said: string, promised: string): void {
  const lines = promised.trimEnd().split('\n');
  const patterns = lines.map((line) => `^${line.split('…').map(literal).join('.*')}`);
  expect(said).toMatch(new RegExp(patterns.join('.*\\n(?:.*\\n)*?'), 'm'));
}

const words = ['hello Bob', 'short-lived', 'evidence'];

test('every command does what the page says, in its order, and what has expired is shown by none', async () => {
  let said = '';
  for (const { kind, text } of await blocks()) {
    if (kind === 'see') shows(said, text);
    else if (text.startsWith('npm start')) await start(text);
    else {
      said = await run(text);
      // After a wait for the end of a message nothing of it is to be seen.
      if (text.startsWith('sleep')) for (const word of words) expect(said).not.toContain(word);
    }
  }
}, 300_000);

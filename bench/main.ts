import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCommandLine, runCommand } from '../infra/local/command/command-line.ts';
import { untilStopped } from '../infra/local/process/until-stopped.ts';
import type { LocalSystem } from '../infra/local/system/local-system.ts';
import { startLocalSystem } from '../infra/local/system/start.ts';
import { bundleBytes } from './bundle-bytes.ts';
import { measure } from './measure.ts';

const help = `npm run bench   prints how long this machine takes, in milliseconds and as a multiple of a bare WebSocket relay

  --help   shows this
`;

/** Nobody is to be slowed down. */
const configuration = {
  limits: { messagesPerSecond: 10_000, messagesBurst: 10_000 },
  throttling: { ratePerSecond: 10_000, burst: 10_000 },
};

const print = (line = '') => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const options = { help: { type: 'boolean', default: false } } as const;
  const { values } = parseCommandLine({ options, strict: true, allowPositionals: false });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const stopped = untilStopped();
  const giveUp = new AbortController();
  const folder = await mkdtemp(join(tmpdir(), 'lapse-bench-'));
  const configFile = join(folder, 'lapse.config.json');
  await writeFile(configFile, JSON.stringify(configuration));
  print('starting the local system and the baseline …');
  const { signal } = giveUp;
  const starting = startLocalSystem({ port: 0, configFile, runSchedules: false, signal });
  const ended = await Promise.race([starting.then(table).then(() => 'measured'), stopped]);
  giveUp.abort();
  await starting.then(
    (system) => system.close(),
    () => undefined,
  );
  await rm(folder, { recursive: true });
  return ended === 'measured' ? 0 : 130;
}

async function table(system: LocalSystem): Promise<void> {
  await measure(system, print);
  print();
  print('bundles, minified bytes');
  for (const [name, bytes] of await bundleBytes(join(import.meta.dirname, '..', 'dist', 'functions'))) {
    print(`${name.padEnd(44)} ${String(bytes).padStart(9)}`);
  }
}

await runCommand(main);

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCommandLine, runCommand } from '../infra/local/command/command-line.ts';
import { StartupError } from '../infra/local/process/startup-error.ts';
import { untilStopped } from '../infra/local/process/until-stopped.ts';
import { keptAssembly } from '../infra/local/synthesis/kept-assembly.ts';
import type { LocalSystem } from '../infra/local/system/local-system.ts';
import { startLocalSystem } from '../infra/local/system/start.ts';
import { compareStart, compareTest } from './against.ts';
import { bundleBytes } from './bundle-bytes.ts';
import { compareBusy } from './busy/compare-busy.ts';
import { compareImport } from './import/compare-import.ts';
import { compareLocal } from './local/compare-local.ts';
import { measure } from './measure.ts';
import { comparePageEvents } from './page-events.ts';
import { comparePeers } from './peers/compare-peers.ts';
import { compareRooms } from './rooms/compare-rooms.ts';
import { scalePage } from './rooms/scale-table.ts';

const help = `npm run bench             prints how long this machine takes, in milliseconds and as a multiple of a bare WebSocket relay
npm run bench -- start    from \`npm start\` to \`ready\`, next to another checkout
npm run bench -- test     \`npm test\`, likewise; of some files: \`test test/shared\`
npm run bench -- page     the work of a message that reaches the web page, next to another checkout (needs Chromium)
npm run bench -- peers    one sent message, beside floors, another checkout and other systems
npm run bench -- busy     several people who write into one conversation, beside another checkout
npm run bench -- rooms    a room of 10,000 connections: what a message costs, whom it reaches, how long its ack takes
npm run bench -- scale    writes docs/scale.md: a simulation of rooms of up to 1,000,000 connections
npm run bench -- import   an import that is killed and begun again, beside the same rows by BatchWriteItem
npm run bench -- local    the local system: messages a second and memory, beside another checkout, a bare relay and socket.io

  --against DIR   the other checkout, with its dependencies installed
  --rounds N      how often (start 5, test 1, page 2, peers 8, busy 3, local 5)
  --peers FILE    a module that exports \`peers\`: name, file and prepare of each
  --posts 2,50    connections that a message is posted to (2,50,500)
  --vcpu 0.289    gives each so much of one core (0.289: Lambda's at 512 MB); Linux, as root
  --writers 2,12  how many write into it at the same time (2,4,8,12)
  --pairs 1,20    people who write to one another at the same time (1,20)
  --seconds N     of a round with them (5)
  --watchers N    connections that watch the room (10000)
  --connections N idle ones, whose memory is measured (1000; 0: none)
  --socket-io DIR a folder in which socket.io and socket.io-client are installed
  --messages N    that are imported (100000)
  --cold          keeps nothing from one round to the next, as on a clean machine
  --help          shows this
`;

/** Nobody is to be slowed down. */
const configuration = {
  limits: { messagesPerSecond: 10_000, messagesBurst: 10_000 },
  throttling: { ratePerSecond: 10_000, burst: 10_000 },
};

const options = {
  against: { type: 'string' },
  rounds: { type: 'string' },
  peers: { type: 'string' },
  posts: { type: 'string', default: '2,50,500' },
  writers: { type: 'string', default: '2,4,8,12' },
  vcpu: { type: 'string' },
  pairs: { type: 'string', default: '1,20' },
  seconds: { type: 'string', default: '5' },
  connections: { type: 'string', default: '1000' },
  watchers: { type: 'string', default: '10000' },
  'socket-io': { type: 'string' },
  messages: { type: 'string', default: '100000' },
  cold: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const print = (line = '') => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { values, positionals } = parseCommandLine({ options, strict: true, allowPositionals: true });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const [what, ...others] = positionals;
  if (what === 'peers') return await beside(values);
  if (what === 'busy') return await busy(values);
  if (what === 'page') return await besidePage(values);
  if (what === 'rooms') return await roomOf(Number(values.watchers));
  if (what === 'import') return await imported(Number(values.messages));
  if (what === 'scale') {
    await writeFile(new URL('../docs/scale.md', import.meta.url), scalePage());
    return 0;
  }
  if (what === 'local') return await besideLocal(values);
  if (what !== undefined) return await compare(what, others, values);
  return await performanceTable();
}

const comparisons: Readonly<Record<string, { run: typeof compareStart; rounds: number }>> = {
  start: { run: compareStart, rounds: 5 },
  test: { run: compareTest, rounds: 1 },
};

type Asked = {
  readonly against?: string | undefined;
  readonly rounds?: string | undefined;
  readonly cold: boolean;
};

async function compare(what: string, others: readonly string[], asked: Asked): Promise<number> {
  const comparison = comparisons[what];
  const rounds = Number(asked.rounds ?? comparison?.rounds);
  const tooMuch = what !== 'test' && others.length > 0;
  if (comparison === undefined || tooMuch || asked.against === undefined || !(rounds >= 1))
    throw new StartupError('npm run bench -- start|test --against DIR; --help shows what there is');
  await comparison.run({ other: asked.against, rounds, cold: asked.cold, tests: others, print });
  return 0;
}

async function roomOf(watchers: number): Promise<number> {
  if (!(watchers >= 2)) throw new StartupError('--watchers 10000 is a whole number from 2 on');
  return (await compareRooms(watchers, print)) ? 0 : 1;
}

/** Fails where something is lost or doubled, or it takes more than twice as long as the rows alone. */
async function imported(messages: number): Promise<number> {
  if (!(messages >= 8)) throw new StartupError('--messages 100000 is a whole number from 8 on');
  const { importMillis, writeMillis, resumedMillis, lost, doubled } = await compareImport(messages);
  const share = writeMillis / importMillis;
  print(
    `${messages} messages: ${Math.round(importMillis)} ms; the same rows by BatchWriteItem: ${Math.round(writeMillis)} ms`,
  );
  print(
    `${Math.round(share * 100)} % of their speed; killed half-way and begun again: ${Math.round(resumedMillis)} ms`,
  );
  print(`${lost} lost, ${doubled} doubled`);
  return lost + doubled === 0 && share >= 0.5 ? 0 : 1;
}

type Beside = {
  readonly against?: string | undefined;
  readonly peers?: string | undefined;
  readonly rounds?: string | undefined;
  readonly posts: string;
  readonly vcpu?: string | undefined;
};

async function beside({ against, peers, rounds = '8', posts, vcpu = '1' }: Beside): Promise<number> {
  const sizes = posts.split(',').map(Number);
  const share = Number(vcpu);
  if (!(share > 0 && share <= 1)) throw new StartupError('--vcpu 0.289 is a share of one core, up to 1');
  if (!(Number(rounds) >= 1) || !sizes.every((size) => size >= 1))
    throw new StartupError('--rounds 8 and --posts 2,50,500 are whole numbers from 1 on');
  const asked = { against, peers, posts: sizes, rounds: Number(rounds), print };
  await comparePeers(share === 1 ? asked : { ...asked, vcpu: share });
  return 0;
}

type Local = {
  readonly against?: string | undefined;
  readonly rounds?: string | undefined;
  readonly pairs: string;
  readonly seconds: string;
  readonly connections: string;
  readonly 'socket-io'?: string | undefined;
};

async function besideLocal(asked: Local): Promise<number> {
  const pairs = asked.pairs.split(',').map(Number);
  const [rounds, seconds, connections] = [asked.rounds ?? '5', asked.seconds, asked.connections].map(Number);
  const some = [...pairs, rounds, seconds].every((value) => Number(value) >= 1);
  if (!some || rounds === undefined || seconds === undefined || !(Number(connections) >= 0))
    throw new StartupError(
      '--rounds 5, --pairs 1,20 and --seconds 5 are numbers from 1 on, --connections 1000 from 0',
    );
  const { against, 'socket-io': socketIo } = asked;
  await compareLocal({ against, socketIo, pairs, rounds, seconds, connections: Number(connections), print });
  return 0;
}

async function besidePage({ against, rounds = '2' }: Beside): Promise<number> {
  if (against === undefined || !(Number(rounds) >= 1))
    throw new StartupError('npm run bench -- page --against DIR [--rounds N]; --help shows what there is');
  await comparePageEvents({ against, rounds: Number(rounds), print });
  return 0;
}

type Busy = {
  readonly against?: string | undefined;
  readonly rounds?: string | undefined;
  readonly writers: string;
};

async function busy({ against, rounds = '3', writers }: Busy): Promise<number> {
  const counts = writers.split(',').map(Number);
  if (!(Number(rounds) >= 1) || !counts.every((count) => count >= 1))
    throw new StartupError('--rounds 3 and --writers 2,4,8,12 are whole numbers from 1 on');
  await compareBusy({ against, writers: counts, rounds: Number(rounds), print });
  return 0;
}

async function performanceTable(): Promise<number> {
  const stopped = untilStopped();
  const giveUp = new AbortController();
  const folder = await mkdtemp(join(tmpdir(), 'lapse-bench-'));
  const configFile = join(folder, 'lapse.config.json');
  await writeFile(configFile, JSON.stringify(configuration));
  print('starting the local system and the baseline …');
  const { signal } = giveUp;
  const assemblyFolder = await keptAssembly({ configFile, signal });
  const starting = startLocalSystem({ port: 0, assemblyFolder, runSchedules: false, signal });
  const ended = await Promise.race([
    starting.then((system) => table(system, assemblyFolder)).then(() => 'measured'),
    stopped,
  ]);
  giveUp.abort();
  await starting.then(
    (system) => system.close(),
    () => undefined,
  );
  await rm(folder, { recursive: true });
  return ended === 'measured' ? 0 : 130;
}

async function table(system: LocalSystem, assemblyFolder: string): Promise<void> {
  await measure(system, print);
  print();
  print('bundles, minified bytes');
  for (const [name, bytes] of await bundleBytes(assemblyFolder)) {
    print(`${name.padEnd(44)} ${String(bytes).padStart(9)}`);
  }
}

await runCommand(main);

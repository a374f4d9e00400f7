import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptAssembly } from '../../infra/local/synthesis/kept-assembly.ts';
import { startLocalSystem } from '../../infra/local/system/start.ts';
import { measureRoom, type RoomFigures } from './measure-room.ts';
import { startCounting } from './start-counting.ts';

/** Nobody is to be slowed down. */
export const roomConfiguration = {
  limits: {
    ...{ messagesPerSecond: 10_000, messagesBurst: 10_000, connectionsPerUser: 100 },
    ...{ watchesPerSecond: 10_000, watchesBurst: 10_000, readsPerSecond: 10_000, consentsBurst: 10_000 },
  },
  throttling: { ratePerSecond: 100_000, burst: 100_000 },
};

/** A room of that many connections on the local system, beside what it may cost. */
export async function compareRooms(watchers: number, print: (line: string) => void): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'lapse-bench-'));
  const dynamodb = await startCounting();
  const errors = new Map<string, number>();
  try {
    const configFile = join(folder, 'lapse.config.json');
    await writeFile(configFile, JSON.stringify(roomConfiguration));
    const assemblyFolder = await keptAssembly({ configFile, signal: new AbortController().signal });
    const system = await startLocalSystem({
      ...{ port: 0, assemblyFolder, runSchedules: false, ttlSweep: false },
      dynamodbEndpoint: dynamodb.endpoint,
      onLog: (name, line) => noteErrors(errors, name, line),
    });
    try {
      const figures = await measureRoom(system, dynamodb, { watchers, print });
      const rows = rowsOf(figures);
      for (const { what, found, most } of rows)
        print(`${what.padEnd(64)} ${format(found).padStart(10)}  at most ${format(most)}`);
      print(`${'one message to everybody, ms'.padEnd(64)} ${format(figures.singleMillis).padStart(10)}`);
      print(
        `${`${figures.burst} at once to everybody, ms`.padEnd(64)} ${format(figures.burstMillis).padStart(10)}`,
      );
      print(`${'sends that were made again'.padEnd(64)} ${format(figures.repeated).padStart(10)}`);
      print(`${'messages filled by history'.padEnd(64)} ${format(figures.filled).padStart(10)}`);
      return rows.every(({ found, most }) => found <= most);
    } finally {
      await system.close();
    }
  } finally {
    for (const [error, count] of errors) print(`${String(count).padStart(6)} times ${error}`);
    dynamodb.close();
    await rm(folder, { recursive: true });
  }
}

/** Which function has failed, and by which error. */
function noteErrors(errors: Map<string, number>, functionName: string, line: string): void {
  const name = /"errorName":"(\w+)"/.exec(line)?.[1] ?? /Task timed out/.exec(line)?.[0];
  if (name === undefined) return;
  const error = `${functionName.replace(/^.*-/, '')}: ${name}`;
  errors.set(error, (errors.get(error) ?? 0) + 1);
}

const format = (value: number) => String(Math.round(value * 100) / 100);

/** What was counted of a room of 10,000, beside what it is to be at most. */
export function rowsOf({ send, deliver, ackMillis, ...figures }: RoomFigures) {
  return [
    { what: 'to send a message, write units', found: send.write, most: 3 },
    { what: 'to send a message, read units', found: send.read, most: 3 },
    { what: 'to tell everybody of it, write units', found: deliver.write, most: 60 },
    { what: 'to tell everybody of it, read units', found: deliver.read, most: 300 },
    {
      what: `posts of ${figures.burst} messages at once, beside as many single ones`,
      found: figures.postsOfBurst / (figures.postsOfSingle * figures.burst),
      most: 1 / 5,
    },
    {
      what: 'time of the ack, beside that of a 1:1 message',
      found: ackMillis.room / ackMillis.direct,
      most: 1.2,
    },
    { what: 'acked messages that did not reach somebody', found: figures.lost, most: 0 },
    { what: 'messages that came twice', found: figures.twice, most: 0 },
  ];
}

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from '../../client/time/backoff.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { environmentVariables as names } from '../../shared/runtime/environment.ts';
import type { Frame } from '../../test/support/chat-person.ts';
import type { Call } from '../../test/support/counting-dynamodb.ts';
import { quantile } from '../quantile.ts';
import { joinRoom } from './room-device.ts';
import type { Counting } from './start-counting.ts';
import type { Asked, Counted } from './watchers-process.ts';

export type RoomFigures = {
  readonly watchers: number;
  /** Of one message: until it is acked, and what follows. */
  readonly send: Units;
  readonly deliver: Units;
  readonly postsOfSingle: number;
  readonly postsOfBurst: number;
  readonly burst: number;
  /** Acked messages that a connection got neither in a frame nor by `history`, and those that came to one twice. */
  readonly lost: number;
  readonly twice: number;
  readonly filled: number;
  /** Sends that were refused for the moment and made again, as clients do. */
  readonly repeated: number;
  readonly ackMillis: { readonly room: number; readonly direct: number };
  /** From the first of a burst until everybody has it all. */
  readonly burstMillis: number;
  readonly singleMillis: number;
};
export type Units = { readonly read: number; readonly write: number };

const connectionsPerUser = 100;
/** Of a send: those of a quarter of an hour. */
const mostRepeats = 30;
/** Files that a process may have open: a connection is one. */
const connectionsOfProcess = 5_000;
const isWrite = ({ operation }: Call) => /^(?:Put|Update|Delete|BatchWrite|TransactWrite)/.test(operation);
const sum = (calls: readonly Call[]) => calls.reduce((total, { units }) => total + units, 0);
const unitsOf = (calls: readonly Call[]): Units => ({
  read: sum(calls.filter((call) => !isWrite(call))),
  write: sum(calls.filter(isWrite)),
});

/**
 * A room with so many connections on a local system: what a message costs to send and to be told, whether everybody gets
 * everything once, and how long the ack takes beside that of a 1:1 message. Several connections are of one person, as many as may be.
 */
export async function measureRoom(
  system: LocalSystem,
  dynamodb: Counting,
  {
    watchers,
    burst = 100,
    rounds = 20,
    print,
  }: { watchers: number; burst?: number; rounds?: number; print: (line: string) => void },
): Promise<RoomFigures> {
  const tokenOf = async (userId: string) => system.token(userId);
  const [alice, bob] = await Promise.all(
    ['alice', 'bob'].map(async (id) => joinRoom(system.url, await tokenOf(id), () => {})),
  );
  if (alice === undefined || bob === undefined) throw new Error('nobody came');
  const { conversationId: direct } = await alice.call('open', { kind: 'direct', members: ['bob'] });
  const { conversationId } = await alice.call('open', { kind: 'room', members: [] });
  await alice.call('watch', { conversationId });
  const content = { type: 'text', text: 'x'.repeat(256) };
  let [sends, repeated] = [0, 0];
  /** As clients do: what may succeed later is repeated with its id. */
  const send = async (to: string): Promise<Frame> => {
    sends += 1;
    const frame = { id: `s${process.pid}-${sends}`, conversationId: to, content };
    let reply = await alice.call('send', frame);
    for (let repeats = 0; reply.error?.retryable === true && repeats < mostRepeats; repeats += 1) {
      repeated += 1;
      const pause = waitFor(reply.error, repeats + 1, Math.random);
      await new Promise((resolve) => setTimeout(resolve, pause));
      reply = await alice.call('send', frame);
    }
    if (reply.type !== 'ack') throw new Error(`not acked: ${reply.error?.code}`);
    return reply;
  };

  const groups = await openWatchers(system, watchers - 1);
  const ask = async (asked: Asked) => totalOf(await Promise.all(groups.map(async (each) => each.ask(asked))));
  print(`${watchers} connections are open`);
  await ask({ what: 'watch', conversationId });
  print('all of them watch the room');

  const acked = new Set<number>();
  const toRoom = async () => void acked.add((await send(conversationId)).seq);
  /** Until everybody has the last that was acked, or has been told that they are behind. */
  const reached = async () => ask({ what: 'reached', last: Math.max(...acked) });
  const posts = async () => (await ask({ what: 'count' })).posts + alice.posts;
  const idle = async () => new Promise((resolve) => setTimeout(resolve, 1_500));

  for (let count = 0; count < 3; count += 1) {
    await send(direct);
    await toRoom();
    await reached();
  }
  await idle();
  const isNamed = ({ table }: Call, ...of: { name: string }[]) =>
    of.some(({ name }) => system.tableNames[name] === table);

  const isLent = (call: Call) => isNamed(call, names.rateLimitTable, names.privacyTable);
  await dynamodb.take();
  const before = await posts();
  const startedAt = performance.now();
  await toRoom();
  await reached();
  const singleMillis = performance.now() - startedAt;
  await idle();
  const calls = (await dynamodb.take()).filter((call) => !isLent(call));
  const postsOfSingle = (await posts()) - before;
  // What a send does, and its one look at the live table; the rest tells the room.
  const look = calls.find((call) => isNamed(call, names.liveTable) && call.operation === 'Query');
  const isOfSend = (call: Call) =>
    call === look ||
    isNamed(call, names.sendTable, names.consentTable, names.conversationTable) ||
    (isNamed(call, names.messageTable) && call.operation === 'PutItem');

  const times = { room: [] as number[], direct: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [kind, act] of [
      ['direct', async () => send(direct)],
      ['room', toRoom],
    ] as const) {
      const from = performance.now();
      await act();
      times[kind].push(performance.now() - from);
    }
    await reached();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  await idle();
  const beforeBurst = await posts();
  const burstAt = performance.now();
  await Promise.all(Array.from({ length: burst }, toRoom));
  await reached();
  const burstMillis = performance.now() - burstAt;
  await idle();
  const postsOfBurst = (await posts()) - beforeBurst;

  const { twice, lost, filled } = await ask({ what: 'fill', conversationId, acked: [...acked] });
  await ask({ what: 'close' });
  for (const { end } of groups) end();
  for (const device of [alice, bob]) device.close();
  return {
    watchers,
    send: unitsOf(calls.filter(isOfSend)),
    deliver: unitsOf(calls.filter((call) => !isOfSend(call))),
    postsOfSingle,
    postsOfBurst,
    burst,
    lost,
    filled,
    repeated,
    twice,
    ackMillis: { room: quantile(times.room, 0.5), direct: quantile(times.direct, 0.5) },
    burstMillis,
    singleMillis,
  };
}

type Watchers = { ask(asked: Asked): Promise<Counted>; end(): void };

/** As many as asked for, of people with as many connections each as they may have, in as many processes as it takes. */
async function openWatchers(system: LocalSystem, count: number): Promise<readonly Watchers[]> {
  const groups = Array.from({ length: Math.ceil(count / connectionsOfProcess) }, (_, index) =>
    Math.min(connectionsOfProcess, count - index * connectionsOfProcess),
  );
  return Promise.all(
    groups.map(async (size, group) => {
      const child = fork(new URL('./watchers-process.ts', import.meta.url));
      const ask = async (asked: Asked): Promise<Counted> => {
        child.send(asked);
        const [counted] = await once(child, 'message');
        if ('error' in counted) throw new Error(counted.error);
        return counted;
      };
      const people = Array.from(
        { length: Math.ceil(size / connectionsPerUser) },
        (_, index) => `w${group}-${index}`,
      );
      const tokens = await Promise.all(people.map(async (userId) => system.token(userId)));
      const more = Array.from(
        { length: size - people.length },
        (_, index) => tokens[index % tokens.length] ?? '',
      );
      await ask({ what: 'open', url: system.url, tokens, more });
      return { ask, end: () => void child.kill() };
    }),
  );
}

function totalOf(all: readonly Counted[]): Counted {
  const sum = (of: (counted: Counted) => number) => all.reduce((total, counted) => total + of(counted), 0);
  return {
    posts: sum(({ posts }) => posts),
    twice: sum(({ twice }) => twice),
    lost: sum(({ lost }) => lost),
    filled: sum(({ filled }) => filled),
  };
}

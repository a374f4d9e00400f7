import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import type { Frame } from '../../test/support/chat-person.ts';
import type { Call, CountingDynamoDb } from '../../test/support/counting-dynamodb.ts';
import { quantile } from '../quantile.ts';

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
  readonly ackMillis: { readonly room: number; readonly direct: number };
  /** From the first of a burst until everybody has it all. */
  readonly burstMillis: number;
  readonly singleMillis: number;
};
export type Units = { readonly read: number; readonly write: number };

/** A device that counts what it gets in the room. */
type Device = {
  readonly numbers: Set<number>;
  twice: number;
  behind: number;
  posts: number;
  call(action: string, fields?: object): Promise<Frame>;
  close(): void;
};

const connectionsPerUser = 100;
const atOnce = 24;
const rounds = 20;
let frames = 0;

async function connect(system: LocalSystem, userId: string, onPost: () => void): Promise<Device> {
  const socket = new WebSocket(system.url, ['lapse.v1', await system.token(userId)]);
  const pending = new Map<string, (frame: Frame) => void>();
  const device: Device = {
    numbers: new Set(),
    twice: 0,
    behind: 0,
    posts: 0,
    close: () => socket.terminate(),
    async call(action, fields = {}) {
      frames += 1;
      const id = `b${frames}`;
      const reply = new Promise<Frame>((resolve) => pending.set(id, resolve));
      socket.send(JSON.stringify({ action, id, ...fields }));
      return reply;
    },
  };
  socket.on('message', (data) => {
    const frame: Frame = JSON.parse(String(data));
    const reply = pending.get(frame.id);
    if (reply !== undefined) {
      pending.delete(frame.id);
      reply(frame);
      return;
    }
    if (frame.type === 'behind') device.behind = Math.max(device.behind, frame.lastSeq);
    if (frame.type !== 'messages') return;
    device.posts += 1;
    for (const { seq } of frame.messages) {
      if (device.numbers.has(seq)) device.twice += 1;
      device.numbers.add(seq);
    }
    onPost();
  });
  await once(socket, 'open');
  return device;
}

async function join(system: LocalSystem, userId: string, onPost: () => void): Promise<Device> {
  const before = await connect(system, userId, onPost);
  await before.call('consent', {
    ...{ decision: 'grant', policyVersion: '1', jurisdiction: 'KR', birthDate: '1990-05-17' },
  });
  before.close();
  return connect(system, userId, onPost);
}

async function inTurns<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const workers = Array.from({ length: atOnce }, async () => {
    for (const [index, item] of queue) results[index] = await act(item);
  });
  await Promise.all(workers);
  return results;
}

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
  dynamodb: CountingDynamoDb,
  { watchers, burst = 100, print }: { watchers: number; burst?: number; print: (line: string) => void },
): Promise<RoomFigures> {
  let onPost = () => {};
  const posted = () => onPost();
  const [alice, bob] = await Promise.all(['alice', 'bob'].map(async (id) => join(system, id, posted)));
  if (alice === undefined || bob === undefined) throw new Error('nobody came');
  const { conversationId: direct } = await alice.call('open', { kind: 'direct', members: ['bob'] });
  const { conversationId } = await alice.call('open', { kind: 'room', members: [] });
  const content = { type: 'text', text: 'x'.repeat(256) };
  const send = async (to: string): Promise<Frame> => {
    const ack = await alice.call('send', { conversationId: to, content });
    if (ack.type !== 'ack') throw new Error(`not acked: ${ack.error?.code}`);
    return ack;
  };

  const people = Array.from(
    { length: Math.ceil((watchers - 1) / connectionsPerUser) },
    (_, index) => `w${index}`,
  );
  const first = await inTurns(people, async (userId) => join(system, userId, posted));
  const others = Array.from(
    { length: watchers - 1 - people.length },
    (_, index) => people[index % people.length] ?? '',
  );
  const more = await inTurns(others, async (userId) => connect(system, userId, posted));
  const devices = [alice, ...first, ...more];
  print(`${devices.length} connections are open`);
  await inTurns(devices, async (device) => {
    const { lastSeq, error } = await device.call('watch', { conversationId });
    if (lastSeq === undefined) throw new Error(`not let in: ${error?.code}`);
  });
  print('all of them watch the room');

  const acked = new Set<number>();
  const toRoom = async () => void acked.add((await send(conversationId)).seq);
  /** Until everybody has all that was acked, or says that they are behind. */
  const reached = async () =>
    new Promise<void>((resolve) => {
      const last = Math.max(...acked);
      const isIn = (device: Device) => device.numbers.has(last) || device.behind >= last;
      const check = () => {
        if (!devices.every(isIn)) return;
        onPost = () => {};
        resolve();
      };
      onPost = check;
      check();
    });
  const posts = () => devices.reduce((total, device) => total + device.posts, 0);
  const idle = async () => new Promise((resolve) => setTimeout(resolve, 1_500));

  for (let count = 0; count < 3; count += 1) {
    await send(direct);
    await toRoom();
    await reached();
  }
  await idle();
  const isNamed = ({ table }: Call, ...names: string[]) =>
    names.some((name) => system.tableNames[name] === table);
  const isLent = (call: Call) => isNamed(call, 'RATE_LIMIT_TABLE', 'PRIVACY_TABLE');
  dynamodb.take();
  const before = posts();
  const startedAt = performance.now();
  await toRoom();
  await reached();
  const singleMillis = performance.now() - startedAt;
  await idle();
  const calls = dynamodb.take().filter((call) => !isLent(call));
  const postsOfSingle = posts() - before;
  // What a send does, and its one look at the live table; the rest tells the room.
  const look = calls.find((call) => isNamed(call, 'LIVE_TABLE') && call.operation === 'Query');
  const isOfSend = (call: Call) =>
    call === look ||
    isNamed(call, 'SEND_TABLE', 'CONSENT_TABLE', 'CONVERSATION_TABLE') ||
    (isNamed(call, 'MESSAGE_TABLE') && call.operation === 'PutItem');

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
  const beforeBurst = posts();
  const burstAt = performance.now();
  await Promise.all(Array.from({ length: burst }, toRoom));
  await reached();
  const burstMillis = performance.now() - burstAt;
  await idle();
  const postsOfBurst = posts() - beforeBurst;

  let [lost, filled] = [0, 0];
  await inTurns(devices, async (device) => {
    const missing = [...acked].filter((seq) => !device.numbers.has(seq));
    if (missing.length === 0) return;
    const { messages } = await device.call('history', { conversationId, after: Math.min(...missing) - 1 });
    const read = new Set(messages.map(({ seq }: Frame) => seq));
    filled += missing.filter((seq) => read.has(seq)).length;
    lost += missing.filter((seq) => !read.has(seq)).length;
  });
  for (const device of [bob, ...devices]) device.close();
  return {
    watchers: devices.length,
    send: unitsOf(calls.filter(isOfSend)),
    deliver: unitsOf(calls.filter((call) => !isOfSend(call))),
    postsOfSingle,
    postsOfBurst,
    burst,
    lost,
    filled,
    twice: devices.reduce((total, { twice }) => total + twice, 0),
    ackMillis: { room: quantile(times.room, 0.5), direct: quantile(times.direct, 0.5) },
    burstMillis,
    singleMillis,
  };
}

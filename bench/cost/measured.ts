/** What one act of one person costs, once. */
export type Act = {
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Of what comes in and goes out: the frame, its ack, the push to one other. */
  readonly frames: number;
  readonly invocations: number;
  /** Billed, of all of its invocations together. */
  readonly milliseconds: number;
};

export type ActName =
  | 'sendToOnline'
  | 'sendToOffline'
  | 'read'
  | 'typing'
  | 'connect'
  | 'hello'
  | 'history'
  | 'disconnect';

/** What a build costs. */
export type Build = {
  readonly acts: Readonly<Record<ActName, Act>>;
  /** When the message ends, and, unless time to live deletes it, the record of its sending. */
  readonly writeUnitsAtItsEnd: number;
  readonly alarmMetrics: number;
  readonly ownMetrics: number;
  /** Of an invocation that goes well. */
  readonly logBytes: number;
  /** Conversations of which a client reads a page when it connects. */
  readonly historiesPerConnect: number;
};

/** `START`, `END` and `REPORT`, as long as Lambda writes them. */
const threeLines = 450;

/** CPU of a core in ms for one sent message (`npm run bench -- peers`, two posts), and of any other function half as much. */
type Cpu = number;

const vcpuOf512Megabytes = 0.289;
const tripMs = 4;
const postMs = 8;

const billed = (cpu: Cpu, trips: number, posts = 0): number =>
  Math.round(cpu / vcpuOf512Megabytes + trips * tripMs + posts * postMs);

type Counted = readonly [writeUnits: number, readUnits: number];

const acts = (cpu: Cpu, counted: Readonly<Record<ActName, Counted>>): Build['acts'] => {
  const act = (name: ActName, frames: number, invocations: number, milliseconds: number): Act => {
    const [writeUnits, readUnits] = counted[name];
    return { writeUnits, readUnits, frames, invocations, milliseconds };
  };
  const other = cpu / 2;
  return {
    sendToOnline: act('sendToOnline', 3, 1, billed(cpu, 3, 1)),
    sendToOffline: act('sendToOffline', 2, 1, billed(cpu, 3)),
    read: act('read', 3, 1, billed(other, 3, 1)),
    typing: act('typing', 3, 1, billed(other, 2, 1)),
    connect: act('connect', 0, 2, 2 * billed(other, 1)),
    hello: act('hello', 2, 1, billed(other, 2)),
    history: act('history', 2, 1, billed(other, 2)),
    disconnect: act('disconnect', 0, 1, billed(other, 1)),
  };
};

/** Units that no act takes more of today: `test/e2e/cost.test.ts` counts them through the whole system. */
export const today: Build = {
  acts: acts(2.24, {
    sendToOnline: [3, 3],
    sendToOffline: [3, 4],
    read: [1, 4],
    typing: [0, 4],
    connect: [1, 3],
    hello: [0, 7],
    history: [0, 6],
    disconnect: [1, 0],
  }),
  writeUnitsAtItsEnd: 1,
  alarmMetrics: 22,
  ownMetrics: 15,
  logBytes: 0,
  historiesPerConnect: 1,
};

/** Commit ac1fe12, counted in the same way. */
export const earlier: Build = {
  acts: acts(5.17, {
    sendToOnline: [3, 2],
    sendToOffline: [3, 2],
    read: [2, 2],
    typing: [0, 2],
    connect: [1, 2],
    hello: [0, 2.5],
    history: [0, 3],
    disconnect: [1, 0],
  }),
  writeUnitsAtItsEnd: 2,
  alarmMetrics: 83,
  ownMetrics: 10,
  logBytes: threeLines,
  historiesPerConnect: 2,
};

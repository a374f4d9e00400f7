import { isSmall, partChooser, partsOfJob, partsToBe, spread } from '../../shared/rooms/room-parts.ts';
import { pauseBetween } from '../../shared/rooms/room-timing.ts';

/** Bytes of a row of `live` in a room: of 10,000 connections the engine counts 209 read units. */
const rowBytes = 171;
const queryBytes = 1_048_576;
const callbacksPerSecond = 10_000;
const sizes = [100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000];

/** The same numbers each time: mulberry32. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How many connections each part gets when so many come one after the other and none leaves. */
export function partsAfter(connections: number): readonly number[] {
  const random = numbersFrom(1);
  let parts = [0];
  for (let live = 0; live < connections; ) {
    const more = (partsToBe(live, parts.length) ?? parts.length) - parts.length;
    parts = [...parts, ...Array.from({ length: more }, () => 0)];
    // Those who come in the same instant see the same sizes.
    const choose = partChooser(parts.length, (shard) => parts[shard] ?? 0);
    const together = Math.min(connections - live, Math.max(1, parts.length));
    for (let count = 0; count < together; count += 1) {
      const part = choose(random());
      parts[part] = (parts[part] ?? 0) + 1;
    }
    live += together;
  }
  return parts;
}

/** Jobs in the queue until every part is told of: those that are not small are spread once more. */
function jobsUntilTold(parts: number): { readonly jobs: number; readonly rounds: number } {
  let spans = spread({ from: 0, to: parts });
  let jobs = spans.length;
  let rounds = 1;
  while (spans.some((span) => !isSmall(span))) {
    const large = spans.filter((span) => !isSmall(span));
    spans = large.flatMap((span) => spread(span));
    jobs += spans.length;
    rounds += 1;
  }
  return { jobs, rounds };
}

const unitsOfQuery = (rows: number) => {
  const bytes = rows * rowBytes;
  const pages = Math.max(1, Math.ceil(bytes / queryBytes));
  return Math.max(0.5, Math.ceil(bytes / pages / 4_096) * pages * 0.5);
};

type Row = Readonly<Record<(typeof columns)[number], string>>;
const columns = [
  'connections',
  'parts',
  'largest part',
  'calls to the queue to send',
  'jobs, rounds',
  'write units to tell',
  'read units to tell',
  'posts, one message',
  'posts, 100 in ten seconds',
  'pause, ms',
  'all told after, s',
] as const;

function rowOf(connections: number): Row {
  const parts = partsAfter(connections);
  const { jobs, rounds } = jobsUntilTold(parts.length);
  const pause = pauseBetween(connections, callbacksPerSecond);
  const frames = Math.min(100, 1 + Math.ceil(10_000 / pause));
  const units = parts.reduce((sum, rows) => sum + unitsOfQuery(rows) + 1, 0);
  const cells = [
    connections,
    parts.length,
    Math.max(...parts),
    1,
    `${jobs}, ${rounds}`,
    2 * parts.length,
    Math.round(units),
    connections,
    connections * frames,
    Math.round(pause),
    (connections / callbacksPerSecond).toFixed(2),
  ].map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell));
  return Object.fromEntries(columns.map((column, index) => [column, cells[index]])) as Row;
}

/** docs/scale.md. */
export function scalePage(): string {
  const rows = sizes.map(rowOf);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `# Rooms at scale

Written by \`npm run bench -- scale\`, which simulates how connections spread over the parts of a room and counts what one message
costs. Parts, jobs and pauses are those of the code that runs (\`shared/rooms/\`); a row of \`live\` is ${rowBytes} bytes, and API Gateway takes
${callbacksPerSecond.toLocaleString('en')} posts a second (\`rooms.callbacksPerSecond\`). To send costs 3 write units, 2 read units and one call to the queue at
any size. \`npm run bench -- rooms\` measures the same of a room on your machine.

${line(columns)}
${line(columns.map(() => '---:'))}
${rows.map((row) => line(columns.map((column) => row[column]))).join('\n')}

- **Parts** become a quarter more when they have 500 connections on average. Those who come spread over those with room; nobody is
  moved, and a connection ends after two hours at most.
- **Jobs**: a send puts ten at most, each for a span of parts. A span of up to ${partsOfJob} parts is told at once, side by side; a larger one is spread
  once more, so that there are a few rounds at any size.
- **To tell**: two write units (a lease, and where the part has got to), one read unit for the message, and the rows of the part.
- **All told after** is what the rate of posts allows, at 50 invocations side by side. It grows with the room; the ack does not. In a room
  of a million, API Gateway's rate decides: ask AWS for more, and set \`rooms.callbacksPerSecond\`.
- **Posts, 100 in ten seconds**: what is written in a row goes in one frame, as far as it fits, once in a pause.
`;
}

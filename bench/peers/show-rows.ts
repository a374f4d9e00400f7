import { quantile } from '../quantile.ts';

/** What was measured of one subject: a figure for each round. */
export type Measured = {
  readonly name: string;
  readonly times: readonly number[];
  readonly cpu: readonly number[];
  readonly peakMb: number;
  readonly importMs: number;
};

type Print = (line?: string) => void;
type Figure = 'times' | 'cpu';

const columns = [
  'p50 ms',
  '/floor',
  '/before',
  '/peer',
  'CPU ms',
  '/floor',
  '/before',
  'peak MB',
  'import ms',
];
const medianOf = (values: readonly number[]): number => quantile(values, 0.5);

/** `/peer` is the ratio to the fastest of them in the same round. */
export function showRows(rows: readonly Measured[], peers: readonly string[], print: Print): void {
  print(`${''.padEnd(14)}${columns.map((column) => column.padStart(10)).join('')}`);
  const ratioTo = (row: Measured, others: readonly string[], figure: Figure): number => {
    const found = rows.filter(({ name }) => others.includes(name));
    const best = (round: number) => Math.min(...found.map((other) => other[figure][round] ?? Number.NaN));
    return found.length === 0 ? Number.NaN : medianOf(row[figure].map((value, round) => value / best(round)));
  };
  for (const row of rows) {
    const figures = [
      medianOf(row.times),
      ...[['floor'], ['before'], peers].map((others) => ratioTo(row, others, 'times')),
      medianOf(row.cpu),
      ...[['floor'], ['before']].map((others) => ratioTo(row, others, 'cpu')),
      ...[row.peakMb, row.importMs],
    ];
    print(`${row.name.padEnd(14)}${figures.map((figure) => shown(figure).padStart(10)).join('')}`);
  }
}

/** CPU of one post more, from a size to the next larger one. */
export function showFurtherPosts(
  sizes: readonly { readonly posts: number; readonly rows: readonly Measured[] }[],
  print: Print,
): void {
  for (const [at, { posts, rows }] of sizes.entries()) {
    const before = sizes[at - 1];
    if (before === undefined) continue;
    print(`\nCPU ms of a further post, from ${before.posts} to ${posts}`);
    const each = rows.map(({ name, cpu }) => {
      const fewer = before.rows.find((row) => row.name === name)?.cpu ?? [];
      return { name, ms: (medianOf(cpu) - medianOf(fewer)) / (posts - before.posts) };
    });
    const floor = each.find(({ name }) => name === 'floor')?.ms ?? Number.NaN;
    for (const { name, ms } of each)
      print(`${name.padEnd(14)}${ms.toFixed(3).padStart(10)}${shown(ms / floor).padStart(10)}`);
  }
}

const shown = (figure: number): string => (Number.isNaN(figure) ? '–' : figure.toFixed(2));

import { findSensitiveData, type SensitiveKind } from '../shared/sensitive-data/find-sensitive-data.ts';
import {
  publishedAccounts,
  publishedCards,
  publishedIds,
} from '../test/shared/sensitive-data/corpus/published.ts';
import { shapedLines } from '../test/shared/sensitive-data/corpus/shapes.ts';
import { ordinaryLines, sensitiveLines } from '../test/shared/sensitive-data/corpus.ts';

export type KindFigures = {
  readonly kind: SensitiveKind;
  readonly found: number;
  readonly of: number;
  readonly falseHits: number;
  readonly ordinary: number;
};

const kinds: readonly SensitiveKind[] = ['payment-card', 'bank-account', 'national-id'];

/** Recall over the lines that hold the kind; false hits over the ordinary lines. */
export const measureSensitiveData = (): readonly KindFigures[] => {
  const hits = (lines: readonly string[], kind: SensitiveKind): number =>
    lines.filter((line) => findSensitiveData(line).includes(kind)).length;
  return kinds.map((kind) => ({
    kind,
    found: hits(sensitiveLines[kind], kind),
    of: sensitiveLines[kind].length,
    falseHits: hits(ordinaryLines, kind),
    ordinary: ordinaryLines.length,
  }));
};

export type RandomFigures = { readonly shape: string; readonly hits: number; readonly of: number };

const shapes = [
  '################',
  '#### #### #### ####',
  '###############',
  '##############',
  '#############',
  '###################',
  'order ################',
  '###-####-####',
  '###-##-####',
  '###########',
  '############',
];

/** A fixed sequence (mulberry32), so that the figures repeat. */
const sequence = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), state | 1);
    const again = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61));
    return ((again ^ (again >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** How often digits drawn at random are taken for something, by the shape they are written in. */
export const measureRandomDigits = (samples: number): readonly RandomFigures[] =>
  shapes.map((shape, index) => {
    const next = sequence(index + 1);
    const draw = (): string => shape.replaceAll('#', () => String(Math.floor(next() * 10)));
    const hits = Array.from({ length: samples }, draw).filter((line) => findSensitiveData(line).length > 0);
    return { shape, hits: hits.length, of: samples };
  });

const published: Readonly<Record<SensitiveKind, readonly string[]>> = {
  'payment-card': publishedCards,
  'bank-account': publishedAccounts,
  'national-id': publishedIds.map(({ text }) => text),
};

/** Recall over what others published; false hits over so many ordinary lines of the shapes of chats. */
export const measureForeignLines = (samples: number): readonly KindFigures[] => {
  const lines = shapedLines(samples, sequence(1));
  const found = lines.map((line) => findSensitiveData(line));
  return kinds.map((kind) => ({
    kind,
    found: published[kind].filter((line) => findSensitiveData(line).includes(kind)).length,
    of: published[kind].length,
    falseHits: found.filter((each) => each.includes(kind)).length,
    ordinary: lines.length,
  }));
};

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

export const sensitiveDataReport = (samples: number): string => {
  const rowsOf = (figures: readonly KindFigures[]) =>
    figures.map(({ kind, found, of, falseHits, ordinary }) => [
      kind,
      `${found}/${of}`,
      percent(found, of),
      `${falseHits}/${ordinary}`,
      percent(falseHits, ordinary),
    ]);
  const byShape = measureRandomDigits(samples).map(({ shape, hits, of }) => [
    shape,
    `${hits}/${of}`,
    percent(hits, of),
  ]);
  return [
    table([['kind', 'found', 'recall', 'false hits', 'rate'], ...rowsOf(measureSensitiveData())]),
    '',
    table([
      ['published by others', 'found', 'recall', 'false hits', 'rate'],
      ...rowsOf(measureForeignLines(samples)),
    ]),
    '',
    table([['random digits', 'hits', 'rate'], ...byShape]),
    '',
  ].join('\n');
};

if (import.meta.main) process.stdout.write(sensitiveDataReport(20_000));

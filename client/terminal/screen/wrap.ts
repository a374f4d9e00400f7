import wrapAnsi from 'wrap-ansi';
import { mostColumns } from './terminal-columns.ts';

/** How far the following rows of a line stand in, where there is room for it. */
const indent = (columns: number) => (columns < 40 ? 2 : 8);

/**
 * Breaks lines at words for a screen of so many columns. Every row but the first stands in: however long a text is made,
 * no row of it can pass for the beginning of another message.
 */
export function wrap(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, columns))
    .join('\n');
}

function wrapLine(line: string, columns: number): string {
  if (mostColumns(line) <= columns) return line;
  const before = /^ */u.exec(line)?.[0] ?? '';
  const room = Math.max(columns - before.length - indent(columns), 8);
  const rows = wrapAnsi(line.slice(before.length), room)
    .split('\n')
    .flatMap((row) => (isAddress(row) ? [row] : hard(row, room)));
  return rows
    .map((row, index) => `${before}${index === 0 ? '' : ' '.repeat(indent(columns))}${row}`)
    .join('\n');
}

const hard = (row: string, room: number): readonly string[] =>
  wrapAnsi(row, room, { hard: true })
    .split('\n')
    .flatMap((narrow) => narrower(narrow, room));

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const colour = /(\p{Cc}\[[\d;]*m)/u;

/** What stays together: colours and graphemes; but no grapheme that is wider than a row, as a row of vowel signs is. */
const units = (row: string, room: number): readonly string[] =>
  row
    .split(colour)
    .flatMap((part) =>
      colour.test(part)
        ? part
        : Array.from(graphemes.segment(part), ({ segment }) =>
            mostColumns(segment) > room ? [...segment] : segment,
          ).flat(),
    );

/** In pieces that fit by the columns which a terminal may give them, cut at the last blank where there is one. */
function narrower(row: string, room: number): readonly string[] {
  if (mostColumns(row) <= room) return [row];
  const rows: string[] = [];
  let current = '';
  let taken = 0;
  for (const unit of units(row, room)) {
    const wanted = mostColumns(unit);
    if (current !== '' && taken + wanted > room) {
      const blank = current.lastIndexOf(' ');
      rows.push(blank > 0 ? current.slice(0, blank) : current);
      current = blank > 0 ? current.slice(blank + 1) : '';
      taken = mostColumns(current);
    }
    current += unit;
    taken += wanted;
  }
  return [...rows, current];
}

/** Whole, so that it can be clicked or copied; without a blank in it, it looks like nothing else. */
const isAddress = (row: string): boolean => /^[\p{Cc}!-~]*$/u.test(row) && /https?:\/\//u.test(row);

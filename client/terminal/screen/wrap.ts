import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

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
  if (stringWidth(line) <= columns) return line;
  const before = /^ */u.exec(line)?.[0] ?? '';
  const room = Math.max(columns - before.length - indent(columns), 8);
  const rows = wrapAnsi(line.slice(before.length), room)
    .split('\n')
    .flatMap((row) => (isAddress(row) ? [row] : wrapAnsi(row, room, { hard: true }).split('\n')));
  return rows
    .map((row, index) => `${before}${index === 0 ? '' : ' '.repeat(indent(columns))}${row}`)
    .join('\n');
}

/** Whole, so that it can be clicked or copied; without a blank in it, it looks like nothing else. */
const isAddress = (row: string): boolean => /^[\p{Cc}!-~]*$/u.test(row) && /https?:\/\//u.test(row);

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export type NamedTest = { readonly file: string; readonly title: string };

/** The tests that a cell of a table names: `file` "title", "title", `file` … */
export function namedTests(cell: string): readonly NamedTest[] {
  const files = cell.split(/(?=`[^`]+\.test\.ts`)/);
  return files.flatMap((part) => {
    const [, file = ''] = /^`([^`]+)`/.exec(part) ?? [];
    return [...part.matchAll(/"([^"]+)"/g)].map(([, title = '']) => ({ file, title }));
  });
}

/** As a test is called in its file, in whichever quotes. */
export function isThere({ file, title }: NamedTest): boolean {
  if (!file.startsWith('test/') || !existsSync(join(root, file))) return false;
  const text = readFileSync(join(root, file), 'utf8');
  return (
    ["'", '`', '"'].some((quote) => text.includes(`(${quote}${title}${quote},`)) || onItsOwnLine(text, title)
  );
}

/** A long title stands on a line of its own. */
const onItsOwnLine = (text: string, title: string) =>
  text
    .split('\n')
    .some((line) => ["'", '`', '"'].some((quote) => line.trim() === `${quote}${title}${quote},`));

/** The rows of the tables in a section, each with its cells; without the headings. */
export const tableRows = (section: string): readonly (readonly string[])[] =>
  [...section.matchAll(/^\| (.*) \|$/gm)].map(([, row = '']) => row.split(' | ')).slice(2);

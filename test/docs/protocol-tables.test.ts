import * as z from 'zod';
import { fieldsOf } from '../../infra/asyncapi/fields.ts';
import { withTables } from '../../infra/asyncapi/protocol-tables.ts';
import { errors } from '../../shared/protocol/errors.ts';
import { actions, pushes } from '../../shared/protocol/table.ts';
import { protocolPage as page } from './protocol-examples.ts';

test('the tables of docs/protocol.md are what shared/protocol says: if not, run `npm run asyncapi`', () => {
  expect(page).toBe(withTables(page));
});

const firstCells = (section: string): readonly string[] => {
  const [, text = ''] = page.split(`\n## ${section}\n`);
  const [table = ''] = text.split(/^<!-- end/m);
  return [...table.matchAll(/^\| \[?`(\w+)`/gm)].map(([, name = '']) => name);
};

test('they have a row for every action, push and error', () => {
  expect(firstCells('Actions')).toEqual(Object.keys(actions));
  expect(firstCells('Pushes')).toEqual(Object.keys(pushes));
  expect(firstCells('Errors')).toEqual(Object.keys(errors));
});

test('a table that was changed by hand is written anew, and what stands around it stays', () => {
  expect(withTables(page.replace('| no |', '| perhaps |'))).toBe(page);
  expect(withTables(`${page}\nmore\n`)).toBe(`${page}\nmore\n`);
});

test('a page without the place of a table is refused', () => {
  expect(() => withTables(page.replace('<!-- end of pushes -->', ''))).toThrow('pushes');
});

test.each([
  [
    'fields, and which may be absent',
    z.strictObject({ a: z.string(), b: z.string().optional() }),
    '`a`, `b?`',
  ],
  ['nothing', z.strictObject({ action: z.literal('a'), id: z.string() }), 'nothing'],
  [
    'what is common, then the ways',
    z.union([z.strictObject({ a: z.string(), b: z.literal(1) }), z.strictObject({ a: z.string() })]),
    '`a`, and either `b: 1`, or nothing',
  ],
  [
    'the ways of all parts of it',
    z
      .strictObject({ a: z.string() })
      .and(z.union([z.strictObject({ b: z.string() }), z.strictObject({ c: z.string() })])),
    '`a`, and either `b`, or `c`',
  ],
])('a cell shows %s', (_what, schema, shown) => {
  expect(fieldsOf(schema)).toBe(shown);
});

import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { configuration } from '../../infra/configuration/configuration.ts';

type Described = {
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly anyOf?: readonly Described[];
};

/** Every key that can be set, as a path, and what it is without being set. */
function keysOf(described: Described, path = ''): readonly (readonly [string, string])[] {
  const inner = [described, ...(described.anyOf ?? [])].flatMap(({ properties = {} }) =>
    Object.entries(properties),
  );
  if (inner.length === 0) {
    return [[path, described.default === undefined ? 'none' : `\`${spaced(described.default)}\``]];
  }
  return inner.flatMap(([key, each]) => keysOf(each, path === '' ? key : `${path}.${key}`));
}

const spaced = (value: unknown) => JSON.stringify(value).replaceAll(',', ', ');
const described: Described = z.toJSONSchema(configuration, {
  io: 'input',
  unrepresentable: 'any',
}) as Described;
const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| `([\w.]+)` \| (.+?) \| (.+) \|$/gm)].map(
  ([, key = '', standard = '', why = '']) => ({ key, standard, why }),
);

test('the table has every key of the schema with its default, in its order, and no other', () => {
  expect(rows.map(({ key, standard }) => [key, standard])).toEqual(keysOf(described));
});

test('every row says more than the key', () => {
  for (const { why } of rows) expect(why.length).toBeGreaterThan(10);
});

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as z from 'zod';
import type { Access } from '../../infra/data-map/access.ts';
import { storesOf } from '../../infra/data-map/stores.ts';
import { readSystem } from '../../infra/data-map/system.ts';
import { templates } from '../infra/support/templates.ts';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/architecture.md', root), 'utf8');
const section = (title: string): string => page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
const cellsIn = (text: string): readonly (readonly string[])[] =>
  [...text.matchAll(/^\| (.+) \|$/gm)].map(([, row = '']) => row.split(' | ')).slice(2);

const keySchema = z.array(z.object({ AttributeName: z.string() }));
const tableSchema = z.object({
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string(), KeySchema: keySchema })).default([]),
});
const keyIn = (key: z.infer<typeof keySchema>): string =>
  key.map(({ AttributeName }) => `\`${AttributeName}\``).join(', ');
const reading = new Set(['BatchGetItem', 'ConditionCheckItem', 'GetItem', 'Query']);

/** `| table | key | written by | read by |` for every table that this configuration makes. */
function tableRows(input: unknown): readonly (readonly string[])[] {
  const { data, chat } = templates(input);
  const stacks = [
    { stackName: 'Lapse-Data', template: data.toJSON() },
    { stackName: 'Lapse-Chat', template: chat.toJSON() },
  ];
  const system = readSystem(stacks.map((stack) => ({ ...stack, region: 'ap-northeast-2' })));
  return storesOf(system)
    .filter(({ service }) => service === 'Amazon DynamoDB')
    .map(({ name, resource, access, indexes = [] }) => {
      const { properties = {} } = system.resources.find(({ id }) => id === resource) ?? {};
      const { KeySchema, GlobalSecondaryIndexes } = tableSchema.parse(properties);
      const found = GlobalSecondaryIndexes.map(
        ({ IndexName, KeySchema: key }) => `\`${IndexName}\`: ${keyIn(key)}`,
      );
      const all = [...access, ...indexes.flatMap((index) => index.access)];
      const by = (isMeant: (action: string) => boolean) => namesOf(all, isMeant);
      return [
        `\`${name}\``,
        [keyIn(KeySchema), ...found].join('; '),
        by((action) => !reading.has(action)),
        by((action) => reading.has(action)),
      ];
    });
}

function namesOf(access: readonly Access[], isMeant: (action: string) => boolean): string {
  const names = access.flatMap(({ by, actions }) => (actions.some(isMeant) ? [by] : []));
  return [...new Set(names)].toSorted().join(', ');
}

test('the tables with their keys, writers and readers are those of the template', () => {
  expect(cellsIn(section('The tables'))).toEqual(tableRows({}));
});

test('likewise where messages are handed over and not stored', () => {
  const shown = cellsIn(section('The tables where messages are not stored'));
  expect(shown).toEqual(tableRows({ messages: { store: false, handover: '5m' } }));
});

test('the floors are those that the check of dependencies holds', () => {
  const { forbidden } = z
    .object({
      forbidden: z.array(
        z.object({ name: z.string(), from: z.object({ path: z.any(), pathNot: z.any() }).partial() }),
      ),
    })
    .parse(createRequire(import.meta.url)('../../.dependency-cruiser.cjs'));
  const roomsOf = (pattern: unknown) =>
    String(pattern)
      .replace(/^\^shared\/\(|\)$/g, '')
      .split('|')
      .map((room) => room.replace(/\/$/, '').replace('\\', ''));
  const floors = forbidden
    .filter(({ name }) => /^floor-\d+-looks-down$/.test(name))
    .map(({ from }) => roomsOf(from.path));
  const all = roomsOf(forbidden.find(({ name }) => name === 'every-room-has-a-floor')?.from.pathNot);
  const top = all.filter((room) => !floors.flat().includes(room));
  const shown = cellsIn(section('The floors of `shared/`')).map(([rooms = '']) =>
    [...rooms.matchAll(/`([^`]+)`/g)].map(([, room = '']) => room),
  );
  expect(shown).toEqual([...floors, top].toReversed());
});

test('the purge mark has a row for each of its attributes', () => {
  const source = readFileSync(new URL('shared/stores/conversations/purge-mark.ts', root), 'utf8');
  const [, type = ''] = /export type PurgeMark = \{(.*?)\n\};/s.exec(source) ?? [];
  const attributes = [...type.matchAll(/readonly (\w+)\?:/g)].map(([, name]) => `\`${name}\``);
  expect(attributes).not.toEqual([]);
  expect(cellsIn(section('The purge mark')).map(([name]) => name)).toEqual(attributes);
});

import { readFileSync, writeFileSync } from 'node:fs';
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


test('write', () => {
  let out = page;
  for (const [title, input] of [['The tables', {}], ['The tables where messages are not stored', { messages: { store: false, handover: '5m' } }]] as const) {
    const rows = tableRows(input).map((row) => `| ${row.join(' | ')} |`).join('\n');
    const text = section(title);
    const first = text.search(/^\| `/m);
    const lines = text.slice(first).split('\n');
    const n = lines.findIndex((line) => !line.startsWith('|'));
    const old = lines.slice(0, n).join('\n');
    out = out.replace(old, () => rows);
  }
  writeFileSync(new URL('docs/architecture.md', root), out);
  expect(true).toBe(true);
});

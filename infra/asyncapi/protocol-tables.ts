import { errors } from '../../shared/protocol/errors.ts';
import { ackOf, actions, pushes } from '../../shared/protocol/table.ts';
import { fieldsOf } from './fields.ts';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

/** The tables of docs/protocol.md, by the name between whose markers each of them stands. */
export const protocolTables: Readonly<Record<string, string>> = {
  actions: table(
    ['action', 'what it does', 'fields', 'ack'],
    Object.entries(actions).map(([name, action]) => [
      `[\`${name}\`](#${name.toLowerCase()})`,
      action.summary,
      fieldsOf(action.frame),
      fieldsOf(ackOf(action)),
    ]),
  ),
  pushes: table(
    ['push', 'what it tells you', 'fields'],
    Object.entries(pushes).map(([name, push]) => [`\`${name}\``, push.summary, fieldsOf(push.frame)]),
  ),
  errors: table(
    ['code', 'message', 'retryable'],
    Object.entries(errors).map(([code, { message, retryable }]) => [
      `\`${code}\``,
      message,
      retryable ? 'yes' : 'no',
    ]),
  ),
};

const begin = (name: string): string => `<!-- ${name}: written by \`npm run asyncapi\` -->`;
const end = (name: string): string => `<!-- end of ${name} -->`;

/** The page with its tables written anew; throws where one has lost its place. */
export function withTables(page: string): string {
  return Object.entries(protocolTables).reduce((text, [name, written]) => {
    const from = text.indexOf(begin(name));
    const to = text.indexOf(end(name));
    if (from < 0 || to < from) throw new Error(`docs/protocol.md has no place for the table of ${name}`);
    return `${text.slice(0, from)}${begin(name)}\n${written}\n${text.slice(to)}`;
  }, page);
}

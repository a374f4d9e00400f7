import type { Access } from './access.ts';
import type { DataMap } from './data-map.ts';
import { rowsOf } from './rows.ts';
import type { Store } from './stores.ts';

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const table = (heading: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heading, heading.map(() => '---'), ...rows].map(row).join('\n');

const grants = (access: readonly Access[]): string =>
  access.map(({ by, actions }) => `\`${by}\`: ${actions.join(', ')}`).join('<br>') || 'no function';

const accessRows = ({ name, access, indexes = [] }: Store): readonly (readonly string[])[] => [
  [name, grants(access)],
  ...indexes.map((index) => [`${name} / ${index.name} (${index.holds})`, grants(index.access)]),
];

/** For people; what it is made of stands in the JSON beside it. */
export function markdownOf({ stores, flows, subProcessors, recipients }: DataMap): string {
  const touched = stores.filter(({ name }) => !name.startsWith('logs/'));
  return `# Data map

Written by \`npm run data-map\` from the synthesized template of \`lapse.config.json\`; not to be edited. Each store declares
its data kinds and its purpose where it is made (\`infra/constructs/\`); region, key, retention and access are what the
template says. [The rules that hold it](data-map-rules.md) · [JSON](data-map.json)

![Where personal data is, and for how long](data-map.svg)

## Stores

${table(
  ['store', 'data kinds', 'purpose', 'service', 'region', 'key', 'kept for', 'deleted'],
  rowsOf(stores).map(({ title, store }) => [
    title,
    store.kinds.join(', '),
    store.purpose,
    store.service,
    store.region,
    store.key,
    store.retention,
    store.deletion,
  ]),
)}

\`ids\` are ids, times, counts and sizes; \`membership\` is who is in which conversation and has read
how far; \`account\` is a name to sign in with and what proves the password. Key \`AWS\`: encrypted at rest with the service's own key.

## Who may touch it

From the policies of the template. Each function writes its own log, and nobody but the operator reads one.

${table(['store', 'function: actions'], touched.flatMap(accessRows))}

## What starts a function

${table(
  ['by', 'function', 'service'],
  flows.map(({ from, to, service }) => [`\`${from}\``, `\`${to}\``, service]),
)}

## Sub-processors

All of them services of the cloud provider, in the operator's own account. Nothing leaves it but pushes to clients and what
the recipients below are told.

${table(
  ['service', 'data kinds', 'region', 'what it does'],
  subProcessors.map(({ service, kinds, regions, does }) => [
    service,
    kinds.join(', ') || 'none',
    regions.join(', '),
    does,
  ]),
)}

## Recipients

${
  recipients.length === 0
    ? 'None: `lapse.config.json` names nobody who is told anything.'
    : table(
        ['who', 'address', 'data kinds', 'what, and what for', 'told by'],
        recipients.map(({ name, address, kinds, purpose, by }) => [
          name,
          `\`${address}\``,
          kinds.join(', '),
          purpose,
          by.map((each) => `\`${each}\``).join(', '),
        ]),
      )
}
`;
}

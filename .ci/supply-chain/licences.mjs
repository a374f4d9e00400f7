// Which licences a dependency may have. usage: node .ci/supply-chain/licences.mjs [FOLDER]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const allowed = new Set([
  ...['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0'],
]);

/** One package, its licence, and why it may be here all the same. */
const exceptions = {
  'axe-core': ['MPL-2.0', 'a test loads its files unchanged into a page; nothing of it is deployed'],
  'caniuse-lite': ['CC-BY-4.0', 'data that a tool of the tests reads; nothing of it is deployed'],
  'libheif-js': ['LGPL-3.0', 'a file of its own in the bundle, which can be replaced: docs/adr/0008'],
  mediabunny: ['MPL-2.0', 'its files are unchanged, and the licence ends at them: docs/adr/0008'],
};

/** An SPDX expression: OR leaves the choice, AND asks for both. */
function isAllowed(expression) {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const term = () => {
    const token = tokens[at++];
    if (token !== '(') return allowed.has(token);
    const inner = either();
    return tokens[at++] === ')' && inner;
  };
  const both = () => {
    let every = term();
    while (tokens[at] === 'AND') {
      at += 1;
      every = term() && every;
    }
    return every;
  };
  const either = () => {
    let some = both();
    while (tokens[at] === 'OR') {
      at += 1;
      some = both() || some;
    }
    return some;
  };
  return either() && at === tokens.length;
}

const { packages } = JSON.parse(readFileSync(join(process.argv[2] ?? '.', 'package-lock.json'), 'utf8'));
const faults = [];
const used = new Set();
let count = 0;
for (const [key, { license }] of Object.entries(packages)) {
  if (key === '') continue;
  const name = key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);
  count += 1;
  if (typeof license !== 'string') faults.push(`${key} does not say what its licence is`);
  else if (exceptions[name]?.[0] === license) used.add(name);
  else if (!isAllowed(license)) faults.push(`${key} has the licence ${license}, which is not on the list`);
}
for (const name of Object.keys(exceptions))
  if (!used.has(name)) faults.push(`${name} is an exception that nothing needs any more`);

for (const fault of faults) process.stderr.write(`licences: ${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
if (faults.length === 0)
  process.stdout.write(`licences: ${count} packages, ${used.size} of them by exception\n`);

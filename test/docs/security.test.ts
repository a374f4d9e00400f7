import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isThere, namedTests, tableRows } from './named-tests.ts';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');

const boundaries = [
  'Client – gateway',
  'Gateway – function',
  'Function – stores',
  'Operator – functions',
  'Browser – local system',
  'Object store – client',
  'Issuer – authorizer',
];
const letters = [...'STRIDE'];
const shortestReason = 40;

const sectionOf = (text: string, heading: string) =>
  text.split(`\n${heading}\n`)[1]?.split(/\n##+ /)[0] ?? '';
function faultsIn(text: string): readonly string[] {
  const faults: string[] = [];
  for (const boundary of boundaries) {
    const rows = tableRows(sectionOf(text, `### ${boundary}`));
    for (const letter of letters)
      if (!rows.some(([first]) => first === letter)) faults.push(`${boundary} has nothing about ${letter}`);
    for (const [letter = '', threat = '', mitigation = '', shown = ''] of rows) {
      const where = `${boundary}, ${letter}: ${threat}`;
      if (!letters.includes(letter)) faults.push(`${where}: no letter of STRIDE`);
      const [, reason] = /^Does not apply: (.+)$/.exec(threat) ?? [];
      if (reason !== undefined) {
        if (reason.length < shortestReason) faults.push(`${where}: says too little why`);
        continue;
      }
      if (mitigation.trim() === '') faults.push(`${where}: no mitigation`);
      const tests = namedTests(shown);
      if (tests.length === 0) faults.push(`${where}: no test`);
      for (const test of tests)
        if (!isThere(test)) faults.push(`${where}: there is no test "${test.title}" in ${test.file}`);
    }
  }
  for (const [boundary = '', letter = '', gap = '', why = ''] of tableRows(
    sectionOf(text, '## Known gaps'),
  )) {
    if (!boundaries.includes(boundary)) faults.push(`a gap at no boundary: ${boundary}`);
    if (!letters.includes(letter) || gap === '') faults.push(`a gap without a letter or a text: ${gap}`);
    if (why.length < shortestReason) faults.push(`a gap without a reason: ${gap}`);
  }
  return faults;
}

test('every boundary has all of STRIDE, every threat a test that is there, every gap a reason', () => {
  expect(faultsIn(page)).toEqual([]);
});

test('the boundaries are these and no other', () => {
  const [, model = ''] = page.split('\n## Threat model\n');
  const headings = [...(model.split('\n## ')[0] ?? '').matchAll(/^### (.+)$/gm)].map(
    ([, heading]) => heading,
  );
  expect(headings).toEqual(boundaries);
});

const firstRow = /^\| S \| .* \|$/m.exec(page)?.[0] ?? '';

test.each([
  ['a threat without a test', /(\| S \| [^\n]*\| )[^|\n]* \|/, '$1 |', 'no test'],
  ['a test that is not there', 'alg none: 401', 'alg some: 401', 'there is no test "alg some: 401"'],
  [
    'a file that is not there',
    'identify.test.ts',
    'identified.test.ts',
    'in test/shared/identity/identified',
  ],
  ['a boundary without a letter', /^\| R \| [^\n]*\n/m, '', 'Client – gateway has nothing about R'],
  [
    'a boundary that is gone',
    '### Issuer – authorizer',
    '### Issuer',
    'Issuer – authorizer has nothing about S',
  ],
  ['a reason that is none', /Does not apply: [^|]*\|/, 'Does not apply: no |', 'says too little why'],
  ['a letter that is none', firstRow, firstRow.replace('| S |', '| X |'), 'no letter of STRIDE'],
  ['a gap without a reason', /$/, '| Client – gateway | D | something | no |\n', 'a gap without a reason'],
] as const)('the check finds %s', (_what, from, to, says) => {
  const planted = page.replace(from, to);
  expect(planted).not.toBe(page);
  expect(faultsIn(planted).join('\n')).toContain(says);
});

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfProject } from './copy.ts';
import type { Mutant } from './mutant.ts';
import { runTests } from './run-tests.ts';
import { mutants } from './table.ts';

const usage = `npm run test:mutants [-- NAME…]
Plants each fault of test/mutants/table.ts in a copy of the project and expects its tests to fail.
With names, only those whose name contains one of them.`;

const asked = process.argv.slice(2);
if (asked.includes('--help')) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const chosen = mutants.filter(({ name }) => asked.length === 0 || asked.some((part) => name.includes(part)));
if (chosen.length === 0) {
  process.stderr.write(`no mutant's name contains ${asked.join(' or ')}\n`);
  process.exit(1);
}

/** Of as many copies as there are workers, each has one fault at a time. */
const workers = 2;
const copies = Array.from({ length: Math.min(workers, chosen.length) }, copyOfProject);
const startedAt = performance.now();
try {
  process.exitCode = (await isSound(copies[0] ?? '')) && (await plantAll()) ? 0 : 1;
} finally {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
}

/** Without a fault the tests pass: otherwise their failure would mean nothing. */
async function isSound(copy: string): Promise<boolean> {
  const { passed, failed, broken } = await runTests(copy, [...new Set(chosen.flatMap(({ tests }) => tests))]);
  const isGood = passed > 0 && failed.length === 0 && broken.length === 0;
  if (!isGood)
    process.stderr.write(`without a fault these fail already: ${[...failed, ...broken].join(', ')}\n`);
  return isGood;
}

async function plantAll(): Promise<boolean> {
  process.stdout.write('| fault | noticed by |\n| --- | --- |\n');
  const queue = chosen.values();
  let survived = 0;
  await Promise.all(
    copies.map(async (copy) => {
      for (const mutant of queue) {
        const noticed = await plant(copy, mutant);
        if (!noticed.isNoticed) survived += 1;
        process.stdout.write(`| ${mutant.name} | ${noticed.by} |\n`);
      }
    }),
  );
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stdout.write(`\n${chosen.length} faults, ${chosen.length - survived} noticed, in ${seconds} s\n`);
  return survived === 0;
}

async function plant(
  copy: string,
  { file, find, replace, tests }: Mutant,
): Promise<{ readonly isNoticed: boolean; readonly by: string }> {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(find).length !== 2)
    return { isNoticed: false, by: 'NOT PLANTED: its text is not there once' };
  writeFileSync(
    path,
    source.replace(find, () => replace),
  );
  try {
    const { failed, broken } = await runTests(copy, tests);
    const [first] = failed;
    if (first !== undefined)
      return {
        isNoticed: true,
        by: `“${first}”${failed.length > 1 ? ` and ${failed.length - 1} more` : ''}`,
      };
    return {
      isNoticed: false,
      by: broken.length > 0 ? 'BROKEN: the tests cannot be run' : 'NOBODY: it survives',
    };
  } finally {
    writeFileSync(path, source);
  }
}

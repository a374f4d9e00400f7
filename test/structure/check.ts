import { argv } from 'node:process';
import { structureProblems } from './structure-problems.ts';

const problems = structureProblems(argv[2] ?? '.');
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

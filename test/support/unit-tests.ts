import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Every system, engine, browser and program of these tests is a process that something in their imports starts. */
const startsProcess = /from '(node:)?(child_process|esbuild)'/;

const relativeImports = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

const known = new Map<string, boolean>();

/** Whether this file, or what it imports, can start a process. */
function needsProcess(file: string): boolean {
  const before = known.get(file);
  if (before !== undefined) return before;
  known.set(file, false);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const imports = [...text.matchAll(relativeImports)].map(([, path = '']) => join(dirname(file), path));
  const needs = startsProcess.test(text) || imports.some(needsProcess);
  known.set(file, needs);
  return needs;
}

/** The tests of `npm run test:unit`. */
export const unitTests = (project: string): readonly string[] =>
  globSync('test/**/*.test.ts', { cwd: project })
    .map((file) => join(project, file))
    .filter((file) => !needsProcess(file))
    .toSorted();

import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Beside the sources: what is installed, how it is compiled, which versions do it. */
const sources = ['{functions,shared,infra}/**/*', '*.json', join('node_modules', '.package-lock.json')];

const local = join('infra', 'local', sep);
const madeHere = ['synthesis', 'functions'].map((name) => join(local, name, sep));

/** Not read by a synthesis: the runtime but for what starts it or is bundled, and the configuration, which counts by itself. */
const leftOut = (path: string): boolean =>
  (path.startsWith(local) && !madeHere.some((folder) => path.startsWith(folder))) ||
  path === 'lapse.config.json';

/** Changes with every source that a bundle or a template is made from. */
export function sourceKey(project: string): string {
  const hash = createHash('sha256').update(process.version);
  const files = globSync(sources, { cwd: project, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(project, sep).length))
    .filter((path) => !leftOut(path));
  for (const path of files.toSorted()) {
    const content = readFileSync(join(project, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 32);
}

/** Of texts that no two lists share. */
export const contentKey = (...texts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 32);

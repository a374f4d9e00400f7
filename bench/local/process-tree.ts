import { readdirSync, readFileSync } from 'node:fs';

/** The process and all that descend from it, as Linux has them. */
export function processTree(root: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: Number(field(Number(name), 'status', /^PPid:\s+(\d+)/m)) }));
  const found = [root];
  for (const pid of found)
    found.push(...parents.filter(({ parent }) => parent === pid).map((each) => each.pid));
  return found;
}

/** Megabytes of all processes together; what several share is counted once. */
export const memoryOf = (root: number): number =>
  sum(processTree(root).map((pid) => Number(field(pid, 'smaps_rollup', /^Pss:\s+(\d+)/m)))) / 1024;

/** Milliseconds of processor time that the processes have taken so far. */
export const cpuOf = (root: number): number =>
  10 *
  sum(
    processTree(root).map((pid) => {
      const [user, system] = field(pid, 'stat', /\) (.*)/)
        .split(' ')
        .slice(11);
      return Number(user ?? 0) + Number(system ?? 0);
    }),
  );

/** Empty for a process that has gone meanwhile. */
function field(pid: number, file: string, pattern: RegExp): string {
  try {
    return pattern.exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? '';
  } catch {
    return '';
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

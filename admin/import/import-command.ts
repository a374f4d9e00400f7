import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { StartupError } from '../../infra/local/process/startup-error.ts';
import type { LapseServer } from '../../packages/lapse-server/src/lapse-server.ts';
import { plural } from '../words.ts';
import { readImport } from './read-import.ts';
import { type ImportReport, runImport } from './run-import.ts';

export const importUsage = {
  usage: 'import FILE.jsonl',
  purpose:
    'brings conversations with their messages over from another system (docs/import.md); killed, run it again: nothing is lost or doubled',
};

/** So often, where the progress is not on a terminal that a line can be written over on. */
const toldEachLines = 10_000;

/** Imports a file; how far it is goes to the error output, what came of it is the answer. */
export async function importFile(
  server: Pick<LapseServer, 'importBatch'>,
  file: string,
  { stderr }: Pick<NodeJS.Process, 'stderr'>,
): Promise<ImportReport> {
  const { size } = await stat(file).catch(() => {
    throw new StartupError(`${file} cannot be read`);
  });
  let told = 0;
  const progress = ({ lines, imported }: ImportReport, bytes: number): void => {
    const share = Math.min(100, Math.floor((bytes / Math.max(1, size)) * 100));
    const words = `${share} %: ${plural(lines, 'line')}, ${imported} imported`;
    if (stderr.isTTY) stderr.write(`\r${words}`);
    else if (lines >= told + toldEachLines) {
      told = lines;
      stderr.write(`${words}\n`);
    }
  };
  const send = server.importBatch;
  const report = await runImport({ send, pause: setTimeout, progress }, readImport(file));
  if (stderr.isTTY) stderr.write('\n');
  return report;
}

const reasons: Readonly<Record<string, string>> = {
  ended: 'had ended already',
  future: 'are of a time to come',
  author: 'are of somebody who is not in it or has not agreed',
  order: 'are older than what stands there',
  sensitive: 'look like sensitive data',
  tooLarge: 'are too large',
};

export function importText({ lines, conversations, imported, repeated, refused }: ImportReport): string {
  return [
    `${plural(lines, 'line')}, ${plural(conversations, 'conversation')}`,
    `  ${imported} imported`,
    ...(repeated > 0 ? [`  ${repeated} were there already`] : []),
    ...Object.entries(refused).map(([reason, count]) => `  ${count} ${reasons[reason] ?? reason}: left out`),
  ].join('\n');
}

import { unzipSync } from 'fflate';
import { requestExport } from '../../shared/export/request-export.ts';
import { writeExport } from '../../shared/export/write-export.ts';
import type { exportWorld } from './export-world.ts';

export type ExportWorld = ReturnType<typeof exportWorld>;
export const texts = (count: number) => Array.from({ length: count }, (_, index) => `text ${index + 1}`);

export async function ask({ requestDeps }: ExportWorld, asker: 'user' | 'operator' = 'user') {
  return requestExport(requestDeps, 'alice', asker);
}

/** Whatever the queue holds, until it is empty; a job that fails is delivered again. */
export async function work({ jobs, writeDeps }: ExportWorld, deliveries = 20): Promise<void> {
  for (let left = deliveries; jobs.length > 0 && left > 0; left -= 1) {
    const [job] = jobs;
    if (job === undefined) return;
    try {
      await writeExport(writeDeps, job);
      jobs.shift();
    } catch {
      // Stays in the queue.
    }
  }
}

/** All zips unpacked into one folder. */
export function unpacked({ objects }: ExportWorld): ReadonlyMap<string, string> {
  const decoder = new TextDecoder();
  return new Map(
    [...objects.values()].flatMap((zip) =>
      Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, decoder.decode(bytes)] as const),
    ),
  );
}

export function exportedTexts(world: ExportWorld, conversationId: string): readonly string[] {
  return [...unpacked(world)]
    .filter(([name]) => name.endsWith(`messages/${conversationId}.jsonl`))
    .toSorted(([one], [other]) => partOf(one) - partOf(other))
    .flatMap(([, content]) => content.split('\n').filter(Boolean))
    .map((line) => JSON.parse(line).content.text);
}

const partOf = (name: string) => Number(/^part-(\d+)/.exec(name)?.[1] ?? 1);

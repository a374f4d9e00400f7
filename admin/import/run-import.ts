import { StartupError } from '../../infra/local/process/startup-error.ts';
import type { ImportedBatch } from '../../packages/lapse-server/src/commands.ts';
import { LapseServerError } from '../../packages/lapse-server/src/lapse-server-error.ts';
import type { ReadBatch } from './read-import.ts';

export type ImportReport = {
  readonly lines: number;
  readonly conversations: number;
  readonly imported: number;
  readonly repeated: number;
  /** How many, by the reason. */
  readonly refused: Readonly<Record<string, number>>;
};

export type RunImportDeps = {
  readonly send: (batch: Omit<ReadBatch, 'line' | 'bytes'>) => Promise<ImportedBatch>;
  readonly pause: (millis: number) => Promise<unknown>;
  /** Told after each batch. */
  readonly progress: (report: ImportReport, bytes: number) => void;
};

/** Conversations beside each other; each has its batches one after the other. */
const atOnce = 8;
const attempts = 6;
const firstPauseMillis = 200;
const again = new Set(['CONFLICT', 'RATE_LIMITED', 'INTERNAL', 'FUNCTION_FAILED']);

/** Nothing is kept of how far it is: what is there already is told by its ids. */
export async function runImport(
  deps: RunImportDeps,
  batches: AsyncIterable<ReadBatch>,
): Promise<ImportReport> {
  const report = {
    lines: 0,
    conversations: 0,
    imported: 0,
    repeated: 0,
    refused: {} as Record<string, number>,
  };
  const running = new Set<Promise<void>>();
  let before: Promise<void> = Promise.resolve();
  let failure: unknown;
  for await (const batch of batches) {
    const mine = before.then(async () => {
      if (failure === undefined) await carryOut(batch);
    });
    const settled = mine.catch((error: unknown) => {
      failure ??= error;
    });
    running.add(settled);
    void settled.then(() => running.delete(settled));
    before = batch.isLast ? Promise.resolve() : settled;
    if (running.size >= atOnce) await Promise.race(running);
    if (failure !== undefined) break;
  }
  await Promise.all(running);
  if (failure !== undefined) throw failure;
  return report;

  async function carryOut(batch: ReadBatch): Promise<void> {
    const { imported, repeated, refused } = await sendPatiently(batch);
    report.lines = Math.max(report.lines, batch.line);
    report.conversations += batch.isLast ? 1 : 0;
    report.imported += imported;
    report.repeated += repeated;
    for (const [reason, count] of Object.entries(refused))
      report.refused[reason] = (report.refused[reason] ?? 0) + count;
    deps.progress(report, batch.bytes);
  }

  async function sendPatiently({ line, bytes: _bytes, ...batch }: ReadBatch): Promise<ImportedBatch> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await deps.send(batch);
      } catch (error) {
        const mayPass = error instanceof LapseServerError && again.has(error.code);
        if (!mayPass || attempt >= attempts) throw stopped(line, error);
        await deps.pause(error.retryAfterMs ?? firstPauseMillis * 2 ** attempt);
      }
    }
  }
}

function stopped(line: number, error: unknown): StartupError {
  const why = error instanceof Error ? error.message : 'it failed';
  return new StartupError(
    `stopped before line ${line}: ${why}. Run the same command again: what is there is not imported twice`,
  );
}

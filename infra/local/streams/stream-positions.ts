import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** How far each source has read each shard. */
export type StreamPositions = {
  get(sourceId: string, shardId: string): string | undefined;
  set(sourceId: string, shardId: string, sequenceNumber: string): Promise<void>;
};

const fileShape = z.record(z.string(), z.string());

/** Kept in the data folder, so that a restart neither repeats nor skips; in memory without one. */
export function streamPositions(dataDir: string | undefined): StreamPositions {
  const file = dataDir === undefined ? undefined : join(dataDir, 'stream-positions.json');
  const positions = new Map<string, string>(
    file !== undefined && existsSync(file)
      ? Object.entries(fileShape.parse(JSON.parse(readFileSync(file, 'utf8'))))
      : [],
  );
  let writing: Promise<void> = Promise.resolve();
  const keyOf = (sourceId: string, shardId: string): string => `${sourceId} ${shardId}`;
  return {
    get: (sourceId, shardId) => positions.get(keyOf(sourceId, shardId)),
    async set(sourceId, shardId, sequenceNumber) {
      positions.set(keyOf(sourceId, shardId), sequenceNumber);
      if (file === undefined) return;
      writing = writing.then(async () => {
        await writeFile(`${file}.new`, JSON.stringify(Object.fromEntries(positions)));
        await rename(`${file}.new`, file);
      });
      await writing;
    },
  };
}

import type { RetentionKind } from '../../shared/configuration/retention-partitions.ts';
import type { RememberedRetention, RetentionStore } from '../../shared/stores/privacy/retention-store.ts';
import { direct, type Step } from './step.ts';

export type RetentionRows = Map<RetentionKind, RememberedRetention>;

/** In memory, with the consistency that DynamoDB gives to single items. */
export function memoryRetentionStore(rows: RetentionRows, step: Step = direct): RetentionStore {
  return {
    find: async (kind) => step(() => rows.get(kind)),
    replace: async (kind, { periods, endedBefore }, before) =>
      step(() => {
        const revision = rows.get(kind)?.revision;
        if (revision !== before?.revision) return false;
        rows.set(kind, { periods, endedBefore, revision: (revision ?? 0) + 1 });
        return true;
      }),
  };
}

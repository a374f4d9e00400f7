import { holdPartition } from '../../configuration/hold-partition.ts';
import { type LapName, lapPartition } from '../../configuration/lap-partition.ts';
import { purgeLapPartition } from '../../configuration/purge-lap-partition.ts';
import { receiptPartitions } from '../../configuration/receipt-partitions.ts';
import { type RetentionKind, retentionPartitions } from '../../configuration/retention-partitions.ts';
import type { ErasureTarget } from '../../protocol/erasure/erasure-target.ts';
import type { HoldTarget } from './holds.ts';
import type { Sweeper } from './sweeper.ts';

/** A key of the privacy table: `record` is the partition, one for each kind of record. No id in it can hold a `#`. */
export type PrivacyKey = { readonly record: string; readonly at: string };

export const privacyPartitions = {
  holds: holdPartition,
  erasures: 'erasures',
  exports: 'exports',
  purgeRuns: 'purge',
  lateLooks: 'late-looks',
} as const;

export function holdKey(target: HoldTarget): PrivacyKey {
  const at = target.kind === 'user' ? `user#${target.userId}` : `conversation#${target.conversationId}`;
  return { record: privacyPartitions.holds, at };
}

type ErasureId = { readonly userId: string; readonly target: ErasureTarget };

/** The same request while it is open, however often it is made. */
export function erasureKey({ userId, target }: ErasureId): PrivacyKey {
  const { scope } = target;
  const first = `${userId}#${scope}`;
  const at =
    scope === 'message'
      ? `${first}#${target.conversationId}#${target.seq}`
      : scope === 'conversation'
        ? `${first}#${target.conversationId}`
        : first;
  return { record: privacyPartitions.erasures, at };
}

export function lateLookKey(id: string): PrivacyKey {
  return { record: privacyPartitions.lateLooks, at: id };
}

/** With this the keys of a user's erasures begin, and nobody else's. */
export function erasurePrefix(userId: string): string {
  return `${userId}#`;
}

/** One a user. */
export function exportKey(userId: string): PrivacyKey {
  return { record: privacyPartitions.exports, at: userId };
}

export function decodeExportKey({ at }: Pick<PrivacyKey, 'at'>): { readonly userId: string } {
  return { userId: at };
}

export function receiptPartition(userId: string): string {
  return `${receiptPartitions}#${userId}`;
}

export function receiptKey(userId: string, requestId: string): PrivacyKey {
  return { record: receiptPartition(userId), at: requestId };
}

/** What second looks have deleted, beside the receipts: the look may be over before there is one. */
export function lateDeletionPartition(userId: string): string {
  return `late-deletions#${userId}`;
}

export function lateDeletionKey(userId: string, requestId: string): PrivacyKey {
  return { record: lateDeletionPartition(userId), at: requestId };
}

/** Sorted by their instant, which is ISO 8601. */
export function purgeRunKey(startedAt: string, sweeper: Sweeper): PrivacyKey {
  return { record: privacyPartitions.purgeRuns, at: startedAt + suffixOf(sweeper) };
}

export function retentionKey(kind: RetentionKind): PrivacyKey {
  return { record: retentionPartitions[kind], at: 'periods' };
}

/** Where a schedule that goes around all records of a kind has come to. */
export function lapKey(name: LapName): PrivacyKey {
  return { record: lapPartition, at: name };
}

export function purgeLeaseKey(sweeper: Sweeper): PrivacyKey {
  return { record: 'purge-lease', at: `lease${suffixOf(sweeper)}` };
}

export function purgeLapKey(sweeper: Sweeper): PrivacyKey {
  return { record: purgeLapPartition, at: `lap${suffixOf(sweeper)}` };
}

/** None for the only one, which keeps its records where earlier releases did. */
function suffixOf({ sweeper, of }: Sweeper): string {
  return of === 1 ? '' : `#${sweeper}/${of}`;
}

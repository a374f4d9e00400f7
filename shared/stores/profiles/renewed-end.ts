import type { EpochSeconds } from '../../time.ts';
import { expiryOf } from '../expiry/expiry.ts';
import { graceSeconds } from '../expiry/purge-times.ts';
import type { RetentionAt } from '../expiry/retention.ts';
import type { Clocked } from './clocked-row.ts';
import { profileExpiry } from './profile.ts';

/**
 * The end that a row is to have whose owner is here; undefined while it has more than half of its time left, so that this is
 * rarely written. And not in its last minute: what ends while the write is under way must not come back.
 */
export function renewedEnd(
  row: Clocked,
  retentionSeconds: number,
  retention: RetentionAt,
): EpochSeconds | undefined {
  const leftSeconds = profileExpiry(row, retention) - retention.now / 1000;
  if (leftSeconds < graceSeconds || leftSeconds > retentionSeconds / 2) return undefined;
  return expiryOf(retention.now, retentionSeconds);
}

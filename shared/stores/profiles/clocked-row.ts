import type { EpochMillis, EpochSeconds } from '../../time.ts';
import type { Ending } from '../expiry/expiry.ts';

/** What is stored of a person beside messages: one clock for the whole row, started anew when it is set or renewed. */
export type Clocked = {
  /** When its owner last said it: one version is told from the next by this. */
  readonly updatedAt: EpochMillis;
  /** When its owner was last here to keep it. */
  readonly renewedAt?: EpochMillis;
  readonly expiresAt: EpochSeconds;
};

/** When the clock was last started, and how it was stamped then. */
export function endingOf({ updatedAt, renewedAt, expiresAt }: Clocked): Ending {
  return { sentAt: renewedAt ?? updatedAt, expiresAt };
}

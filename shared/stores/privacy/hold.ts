import type { EpochMillis, EpochSeconds } from '../../time.ts';
import type { HoldTarget } from './holds.ts';

/** How far the time to live of what is stored has been brought into accord with the holds. */
export type Backfill = {
  /** The second one finds what a send or an `open` under way during the first has stored without knowing. */
  readonly pass: 1 | 2;
  readonly notBefore: EpochSeconds;
  /** Of a user's conversations the one under way, or the last one done. */
  readonly conversationId?: string;
  /** The last number done; absent between two conversations. */
  readonly seq?: number;
};

/** Why and by whose order; earlier releases did not ask. */
export type HoldGrounds = {
  readonly reason: string;
  /** The court, the authority, the department. */
  readonly authority: string;
  /** When it is released by itself. */
  readonly endsAt?: EpochMillis;
};

export type Hold = {
  readonly target: HoldTarget;
  /** `releasing`: no longer in force, and there until its time to live is back on everything. */
  readonly state: 'held' | 'releasing';
  /** Of the state. */
  readonly since: EpochMillis;
  readonly grounds?: HoldGrounds;
  /** Counts the changes, so that of two that go on at once one gives way. */
  readonly revision: number;
  /** Items whose time to live was taken off, or put back, since then; of a batch that was cut short, the rest only. */
  readonly moved: number;
  /** Absent when nothing is left to do. */
  readonly backfill?: Backfill;
};

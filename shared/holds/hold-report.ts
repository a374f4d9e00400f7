import type { Hold } from '../stores/privacy/hold.ts';
import type { HoldTarget } from '../stores/privacy/holds.ts';

/** What the operator's stack stores at all. */
export type StoredKinds = { readonly messages: boolean; readonly profiles: boolean };

export type HoldReport = {
  readonly target: HoldTarget;
  readonly state: Hold['state'] | 'none';
  /** Of the state; null when there is no hold. */
  readonly since: string | null;
  /** The data kinds that the hold keeps; one that is not stored is not among them. */
  readonly keeps: readonly ('messages' | 'profile')[];
  /** Items whose time to live has been taken off, or put back, so far: at least so many. */
  readonly moved: number;
  /** As the order says; `endsAt` is ISO 8601. */
  readonly grounds?: { readonly reason: string; readonly authority: string; readonly endsAt?: string };
  /** `walk`: going through what is stored; `second look`: for what was under way during the walk. */
  readonly remaining: 'walk' | 'second look' | 'nothing';
};

export function holdReport(
  target: HoldTarget,
  hold: Omit<Hold, 'revision'> | undefined,
  stored: StoredKinds,
): HoldReport {
  const messages = stored.messages ? (['messages'] as const) : [];
  const profile = stored.profiles && target.kind === 'user' ? (['profile'] as const) : [];
  return {
    target,
    state: hold?.state ?? 'none',
    since: hold === undefined ? null : new Date(hold.since).toISOString(),
    keeps: [...messages, ...profile],
    moved: hold?.moved ?? 0,
    ...(hold?.grounds && { grounds: told(hold.grounds) }),
    remaining: hold?.backfill === undefined ? 'nothing' : hold.backfill.pass === 1 ? 'walk' : 'second look',
  };
}

const told = ({ endsAt, ...rest }: NonNullable<Hold['grounds']>): NonNullable<HoldReport['grounds']> => ({
  ...rest,
  ...(endsAt !== undefined && { endsAt: new Date(endsAt).toISOString() }),
});

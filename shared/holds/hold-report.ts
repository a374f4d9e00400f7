import type { Hold } from '../stores/privacy/hold.ts';
import type { HoldTarget } from '../stores/privacy/holds.ts';
import { secondPassSeconds } from './second-pass.ts';

/** What the operator's stack stores at all. */
export type StoredKinds = { readonly messages: boolean; readonly profiles: boolean };

export type HoldReport = {
  readonly target: HoldTarget;
  /** `placing`: nothing begins to delete what is meant, and what had begun before, or time to live, may still do so. */
  readonly state: Hold['state'] | 'placing' | 'none';
  /** While it is being placed: before then it is not `held`. ISO 8601. */
  readonly heldNotBefore?: string;
  /** When it was placed or released; null when there is no hold. */
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
    ...stateOf(hold),
    since: hold === undefined ? null : new Date(hold.since).toISOString(),
    keeps: [...messages, ...profile],
    moved: hold?.moved ?? 0,
    ...(hold?.grounds && { grounds: told(hold.grounds) }),
    remaining: hold?.backfill === undefined ? 'nothing' : hold.backfill.pass === 1 ? 'walk' : 'second look',
  };
}

/** Held is what both passes have been through: from then on nothing of it goes. */
function stateOf(hold: Omit<Hold, 'revision'> | undefined): Pick<HoldReport, 'state' | 'heldNotBefore'> {
  if (hold?.state !== 'held' || hold.backfill === undefined) return { state: hold?.state ?? 'none' };
  const { pass, notBefore } = hold.backfill;
  const earliest = pass === 1 ? notBefore + secondPassSeconds : notBefore;
  return { state: 'placing', heldNotBefore: new Date(earliest * 1000).toISOString() };
}

const told = ({ endsAt, ...rest }: NonNullable<Hold['grounds']>): NonNullable<HoldReport['grounds']> => ({
  ...rest,
  ...(endsAt !== undefined && { endsAt: new Date(endsAt).toISOString() }),
});

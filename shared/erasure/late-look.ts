import type { HoldStore } from '../holds/hold-store.ts';
import { isHeld } from '../holds/holds.ts';
import type { EpochMillis } from '../time.ts';
import { type EraseWrittenDeps, eraseWritten } from './erase-written.ts';

/**
 * A send that had looked at the membership before the erasure may store its message after it. No send runs for as
 * long as this look is put off.
 */
export type LateLook = {
  readonly userId: string;
  readonly writtenBy: EpochMillis;
  readonly conversationIds: readonly string[];
};

export type LateLooks = { add(look: LateLook): Promise<void> };

/** Twice as long as a repeated send may run, which waits longest. */
export const lateSeconds = 60;

export type LateLookDeps = EraseWrittenDeps & { readonly holds: Pick<HoldStore, 'list'> };

/** What a hold keeps is left to the request, which stays open for it. */
export async function takeLateLook(deps: LateLookDeps, look: LateLook): Promise<void> {
  const { userId, writtenBy } = look;
  const holds = await deps.holds.list();
  for (const conversationId of look.conversationIds.filter((id) => !isHeld(holds, userId, id))) {
    for (let from = 1, more = true; more; ) {
      const range = { userId, conversationId, writtenBy, from, to: Number.MAX_SAFE_INTEGER };
      const { last } = await eraseWritten(deps, range, holds);
      more = last !== undefined;
      from = (last ?? 0) + 1;
    }
  }
}

import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { type Holds, isOnHold } from '../stores/privacy/holds.ts';
import type { SendStore } from '../stores/sends/send-store.ts';
import type { EpochMillis } from '../time.ts';
import { type EraseWrittenDeps, eraseWritten } from './erase-written.ts';

/**
 * A send that had looked at the membership before the erasure may store its message after it. No send runs for as
 * long as this look is put off.
 */
export type Recheck = {
  readonly scope: 'account' | 'conversation';
  readonly userId: string;
  readonly writtenBy: EpochMillis;
  readonly conversationIds: readonly string[];
};

export type Rechecks = { add(recheck: Recheck, delaySeconds?: number): Promise<void> };

/** Twice as long as a repeated send may run, which waits longest. */
export const recheckSeconds = 60;
/** As long as a queue can wait. */
const onHoldSeconds = 900;

export type RecheckDeps = {
  readonly holds: Pick<HoldStore, 'list'>;
  /** Undefined where messages are not stored. */
  readonly written: EraseWrittenDeps | undefined;
  readonly sends: Pick<SendStore, 'listKeys' | 'remove'>;
  readonly rechecks: Rechecks;
  /** True once this invocation has to end. */
  readonly isOver: () => boolean;
};

/** What a hold keeps is looked at when it is lifted; what there is no time for, in another invocation. */
export async function runRecheck(deps: RecheckDeps, job: Recheck): Promise<void> {
  const { scope, userId, writtenBy, conversationIds } = job;
  const holds = await deps.holds.list();
  const held = conversationIds.filter((id) => isOnHold(holds, userId, id));
  const free = conversationIds.filter((id) => !held.includes(id));
  for (const [done, conversationId] of free.entries()) {
    if (deps.isOver())
      return deps.rechecks.add({ ...job, conversationIds: [...free.slice(done), ...held] }, 0);
    if (deps.written) await eraseAll(deps.written, { userId, writtenBy, conversationId }, holds);
  }
  if (scope === 'account') await forgetSends(deps.sends, userId, writtenBy);
  if (held.length > 0) await deps.rechecks.add({ ...job, conversationIds: held }, onHoldSeconds);
}

type Where = Pick<Recheck, 'userId' | 'writtenBy'> & { readonly conversationId: string };

async function eraseAll(deps: EraseWrittenDeps, where: Where, holds: Holds): Promise<void> {
  for (let from: number | undefined = 1; from !== undefined; ) {
    const { last } = await eraseWritten(deps, { ...where, from, to: Number.MAX_SAFE_INTEGER }, holds);
    from = last === undefined ? undefined : last + 1;
  }
}

/** With what `eraseWritten` has just settled: of an account nothing is kept that could tell a repeat. */
async function forgetSends(sends: RecheckDeps['sends'], userId: string, by: EpochMillis): Promise<void> {
  let after: string | undefined;
  do {
    const { keys, next } = await sends.listKeys(userId, by, after);
    await Promise.all(keys.map(async (key) => sends.remove({ userId, sendKey: key })));
    after = next;
  } while (after !== undefined);
}

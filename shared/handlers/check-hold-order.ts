import type { HoldOrder } from '../holds/hold-target.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import type { Clock } from '../time.ts';
import { OperatorError } from './operator-error.ts';
import { type KnownUserDeps, requireKnownUser } from './require-known-user.ts';

export type CheckHoldOrderDeps = KnownUserDeps & {
  readonly holds: Pick<HoldStore, 'find'>;
  readonly now: Clock;
};

/** A new hold says why, by whose order and of whom; one that is in force may be asked about without all that. */
export async function checkHoldOrder(deps: CheckHoldOrderDeps, order: HoldOrder): Promise<void> {
  const { reason, authority, endsAt } = order;
  if (endsAt !== undefined && Date.parse(endsAt) <= deps.now())
    throw new OperatorError('INVALID_INPUT', 'endsAt: is over already');
  if ((await deps.holds.find(order))?.state === 'held') return;
  if (reason === undefined || authority === undefined)
    throw new OperatorError('INVALID_INPUT', 'a new hold needs a reason and an authority');
  if (order.kind === 'user' && order.allowUnknown !== true)
    await requireKnownUser(deps, order.userId, '--allow-unknown holds whoever comes by that id');
}

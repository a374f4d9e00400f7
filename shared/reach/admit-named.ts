import { ProtocolError } from '../protocol/errors.ts';
import { type MayReachDeps, mayReach, type Naming } from './may-reach.ts';
import { type WhoAgreesDeps, whoAgrees } from './who-agrees.ts';

export type AdmitNamedDeps = MayReachDeps & WhoAgreesDeps;

/** What becomes of those who are named: all others are members from now on. */
export type Admitted = {
  /** They have not agreed to the policy, or no more: they are members once they come. */
  readonly waiting: readonly string[];
};

/**
 * Who may be made a member of something by that caller, and who waits. Everything is asked of everybody, so that an answer
 * takes as long whatever it is.
 * @throws ProtocolError NOT_FOUND when somebody may not be reached, and has not been before.
 */
export async function admitNamed(deps: AdmitNamedDeps, naming: Naming, isReached = false): Promise<Admitted> {
  const { named } = naming;
  const [isAllowed, agreeing] = await Promise.all([mayReach(deps, naming), whoAgrees(deps, named)]);
  if (!isAllowed && !isReached) throw new ProtocolError('NOT_FOUND');
  return { waiting: named.filter((userId) => !agreeing.has(userId)) };
}

import { ProtocolError } from '../protocol/errors.ts';
import type { BlockStore } from '../stores/personal/block-store.ts';
import { type MayReachDeps, mayReach, type Naming } from './may-reach.ts';
import { type WhoAgreesDeps, whoAgrees } from './who-agrees.ts';

export type AdmitNamedDeps = MayReachDeps &
  WhoAgreesDeps & { readonly blocks: Pick<BlockStore, 'blockersAmong'> };

/** What becomes of those who are named. */
export type Admitted = {
  /** They are members from now on. */
  readonly admitted: readonly string[];
  /** They have not agreed to the policy, or no more: they are members once they come. */
  readonly waiting: readonly string[];
  /** Those of the admitted who block who names them: they are told nothing, and whoever asks is told nothing of that. */
  readonly blockers: ReadonlySet<string>;
};

/**
 * Who may be made a member of something by that caller, and who waits. Everything is asked of everybody, so that an answer
 * takes as long whatever it is.
 * @throws ProtocolError NOT_FOUND when somebody may not be reached.
 */
export async function admitNamed(deps: AdmitNamedDeps, naming: Naming): Promise<Admitted> {
  const { caller, named } = naming;
  const [isAllowed, agreeing, blockers] = await Promise.all([
    mayReach(deps, naming),
    whoAgrees(deps, named),
    deps.blocks.blockersAmong(caller.userId, named),
  ]);
  if (!isAllowed) throw new ProtocolError('NOT_FOUND');
  const admitted = named.filter((userId) => agreeing.has(userId));
  return {
    admitted,
    waiting: named.filter((userId) => !agreeing.has(userId)),
    blockers: new Set(admitted.filter((userId) => blockers.has(userId))),
  };
}

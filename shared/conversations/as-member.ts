import { recent } from '../runtime/recent.ts';
import type { Clock } from '../time.ts';
import { type AuthorizeMemberDeps, authorizeMember } from './authorize-member.ts';

export type AsMemberDeps = AuthorizeMemberDeps & { readonly now: Clock };

/** Does something that only a member may; rejects, with nothing done, for anybody else. */
export type AsMember = <Done>(
  conversationId: string,
  userId: string,
  act: () => Promise<Done>,
  consented?: Promise<unknown>,
) => Promise<Done>;

/**
 * Who has just done so is not looked up again before the next time, which spares a call to people who write to each
 * other. It is no permission: `act` reads the rows itself and refuses who has left or withdrawn since, and what is refused
 * is forgotten.
 */
export function asMember({ now, ...deps }: AsMemberDeps): AsMember {
  const known = recent<true>(now);
  return async (conversationId, userId, act, consented) => {
    const key = `${userId} ${conversationId}`;
    const isKnown = known.get(key) === true;
    known.delete(key);
    if (!isKnown) await authorizeMember({ ...deps, ...(consented && { consented }) }, conversationId, userId);
    const done = await act();
    known.set(key, true);
    return done;
  };
}

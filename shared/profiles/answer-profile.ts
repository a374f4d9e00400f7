import type * as z from 'zod/mini';
import type { profileFrame } from '../protocol/profile/frames.ts';
import type { ProfileResult } from '../protocol/profile/table.ts';
import type { SensitiveDataGuard } from '../sensitive-data/sensitive-data-guard.ts';
import { type GetProfilesDeps, getProfiles } from './get-profiles.ts';
import { ownView } from './profile-view.ts';
import { type SetProfileDeps, setProfile } from './set-profile.ts';

export type AnswerProfileDeps = GetProfilesDeps &
  SetProfileDeps & {
    readonly guard: Pick<SensitiveDataGuard, 'check'>;
  };

export async function answerProfile(
  deps: AnswerProfileDeps,
  userId: string,
  { set, get = [] }: Pick<z.infer<typeof profileFrame>, 'set' | 'get'>,
): Promise<ProfileResult> {
  if (set === undefined) return getProfiles(deps, userId, get);
  const texts = [set.nickname, set.signature].filter((text) => typeof text === 'string');
  const flagged = deps.guard.check(texts);
  const profile = await setProfile(deps, userId, set);
  return { profiles: [ownView(profile, await deps.retention())], ...(flagged && { flagged: true as const }) };
}

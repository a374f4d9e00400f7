import { profileSetSchema } from '../protocol/profile/profile-rules.ts';
import type { SenderProfile } from '../protocol/profile/table.ts';

/**
 * Where profiles are not stored: what others see of a user is what the token says, held to the same rules as what
 * is stored elsewhere. A claim that does not pass them is left out.
 */
export function tokenProfile({
  nickname,
  picture,
}: {
  nickname?: unknown;
  picture?: unknown;
}): SenderProfile {
  const { shape } = profileSetSchema;
  const name = shape.nickname.safeParse(nickname).data;
  const avatarUrl = shape.avatarUrl.safeParse(picture).data;
  return {
    ...(typeof name === 'string' && { nickname: name }),
    ...(typeof avatarUrl === 'string' && { avatarUrl }),
  };
}

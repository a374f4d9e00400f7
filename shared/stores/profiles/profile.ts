import type { ProfileFields, Visibility } from '../../protocol/profile/table.ts';
import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { effectiveExpiry, isReadable } from '../expiry/expiry.ts';
import type { Retention, RetentionAt } from '../expiry/retention.ts';

export type ProfileField = keyof ProfileFields;

export const profileFields = [
  'nickname',
  'avatarUrl',
  'signature',
] as const satisfies readonly ProfileField[];

/** Who sees a field whose owner has said nothing about it. */
const defaultVisibility: Visibility = 'everyone';

/** What is stored of a profile: one clock for the whole of it, started anew by each change. */
export type StoredProfile = ProfileFields & {
  readonly userId: string;
  readonly visibility?: Readonly<Partial<Record<ProfileField, Visibility | undefined>>>;
  readonly updatedAt: EpochMillis;
  readonly expiresAt: EpochSeconds;
};

export function visibilityOf(profile: StoredProfile, field: ProfileField): Visibility {
  return profile.visibility?.[field] ?? defaultVisibility;
}

type Clocked = Pick<StoredProfile, 'updatedAt' | 'expiresAt'>;

/** As of a message: the earlier of what was stamped and what the present policy allows. */
export function profileExpiry({ updatedAt, expiresAt }: Clocked, retention: Retention): EpochSeconds {
  return effectiveExpiry({ sentAt: updatedAt, expiresAt }, retention);
}

export function isProfileReadable({ updatedAt, expiresAt }: Clocked, retention: RetentionAt): boolean {
  return isReadable({ sentAt: updatedAt, expiresAt }, retention);
}

import type { ProfileFields, Visibility } from '../../protocol/profile/table.ts';
import type { EpochSeconds } from '../../time.ts';
import { effectiveExpiry, isReadable } from '../expiry/expiry.ts';
import type { Retention, RetentionAt } from '../expiry/retention.ts';
import { type Clocked, endingOf } from './clocked-row.ts';

export type ProfileField = keyof ProfileFields;

export const profileFields = [
  'nickname',
  'avatarUrl',
  'signature',
] as const satisfies readonly ProfileField[];

/** Who sees a field whose owner has said nothing about it. */
const defaultVisibility: Visibility = 'everyone';

export type StoredProfile = ProfileFields &
  Clocked & {
    readonly userId: string;
    readonly visibility?: Readonly<Partial<Record<ProfileField, Visibility | undefined>>>;
  };

export function visibilityOf(profile: StoredProfile, field: ProfileField): Visibility {
  return profile.visibility?.[field] ?? defaultVisibility;
}

/** As of a message: the earlier of what was stamped and what the present policy allows. Of a title too. */
export function profileExpiry(row: Clocked, retention: Retention): EpochSeconds {
  return effectiveExpiry(endingOf(row), retention);
}

export function isProfileReadable(row: Clocked, retention: RetentionAt): boolean {
  return isReadable(endingOf(row), retention);
}

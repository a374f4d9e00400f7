import type { Profile, Visibility } from '../protocol/profile/table.ts';
import type { Retention } from '../stores/expiry/retention.ts';
import {
  profileExpiry,
  profileFields,
  type StoredProfile,
  visibilityOf,
} from '../stores/profiles/profile.ts';

/** The owner sees all of it, the settings and the end too. */
export function ownView(profile: StoredProfile, retention: Retention): Profile {
  const visibility = Object.fromEntries(profileFields.map((field) => [field, visibilityOf(profile, field)]));
  return {
    userId: profile.userId,
    ...fieldsWith(profile, () => true),
    visibility,
    expiresAt: profileExpiry(profile, retention),
  };
}

/** What the owner lets this reader see; nothing tells a hidden field from one that is not there. */
export function othersView(profile: StoredProfile, isContact: boolean): Profile {
  const maySee = (visibility: Visibility) =>
    visibility === 'everyone' || (visibility === 'contacts' && isContact);
  return { userId: profile.userId, ...fieldsWith(profile, maySee) };
}

function fieldsWith(profile: StoredProfile, maySee: (visibility: Visibility) => boolean) {
  const shown = profileFields.filter(
    (field) => profile[field] !== undefined && maySee(visibilityOf(profile, field)),
  );
  return Object.fromEntries(shown.map((field) => [field, profile[field]]));
}

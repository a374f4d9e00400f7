import { ProtocolError } from '../protocol/errors.ts';
import type { ProfileChanges } from '../protocol/profile/frames.ts';
import { expiryOf } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import { isProfileReadable, profileFields, type StoredProfile } from '../stores/profiles/profile.ts';
import type { ProfileStore } from '../stores/profiles/profile-store.ts';
import type { Clock, EpochMillis } from '../time.ts';

export type SetProfileDeps = {
  readonly profiles: Pick<ProfileStore, 'read' | 'replace'>;
  readonly holds: Pick<HoldStore, 'among'>;
  /** For which a change is stamped. */
  readonly retentionSeconds: number;
  readonly retention: AskRetention;
  readonly now: Clock;
};

/** Each lost race means that another device of the same person has changed the profile. */
const attempts = 20;

/** Changes what is named and keeps the rest, unless that has expired: a change never brings it back. */
export async function setProfile(
  deps: SetProfileDeps,
  userId: string,
  changes: ProfileChanges,
): Promise<StoredProfile> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const now = deps.now();
    const [[before]] = await Promise.all([deps.profiles.read([userId]), deps.retention()]);
    const retention = await deps.retention();
    const kept = before !== undefined && isProfileReadable(before, retention) ? before : undefined;
    // Never the same as before: it tells one version from the next.
    const updatedAt = Math.max(now, (before?.updatedAt ?? 0) + 1) as EpochMillis;
    const visibility = { ...kept?.visibility, ...changes.visibility };
    const profile: StoredProfile = {
      userId,
      ...fieldsAfter(kept, changes),
      ...(Object.keys(visibility).length > 0 && { visibility }),
      updatedAt,
      expiresAt: expiryOf(now, deps.retentionSeconds),
    };
    const held = isOnHold(await deps.holds.among({ users: [userId] }), userId);
    if (await deps.profiles.replace(profile, before, held)) return profile;
  }
  throw new ProtocolError('CONFLICT');
}

/** `null` removes a field, and so does a text of which nothing is left. */
function fieldsAfter(kept: StoredProfile | undefined, changes: ProfileChanges) {
  const fields = profileFields.map((field) => {
    const change = changes[field];
    return [field, change === undefined ? kept?.[field] : change] as const;
  });
  return Object.fromEntries(
    fields.filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}

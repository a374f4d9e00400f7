import type { AskRetention } from '../stores/expiry/retention.ts';
import type { ProfileStore } from '../stores/profiles/profile-store.ts';
import { renewedEnd } from '../stores/profiles/renewed-end.ts';

export type KeepProfileDeps = {
  readonly profiles: Pick<ProfileStore, 'read' | 'renew'>;
  /** For which it is stamped. */
  readonly retentionSeconds: number;
  readonly retention: AskRetention;
};

/** Of whoever comes to chat: the period of their profile runs from the last time that they did. */
export async function keepProfile(
  { profiles, retentionSeconds, retention }: KeepProfileDeps,
  userId: string,
): Promise<void> {
  const [profile] = await profiles.read([userId]);
  if (profile === undefined) return;
  const at = await retention();
  const expiresAt = renewedEnd(profile, retentionSeconds, at);
  if (expiresAt !== undefined) await profiles.renew(profile, at.now, expiresAt);
}

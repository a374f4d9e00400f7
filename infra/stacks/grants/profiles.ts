import type { Granting } from './granting.ts';

/** Where profiles are not stored the function may touch nothing. */
export function grantProfiles({ fns: { profile }, data }: Granting): void {
  const { profiles, conversations, consents, privacy } = data;
  if (profiles === undefined) return;
  profiles.grantBatchGet(profile);
  profiles.grantPut(profile);
  conversations.grantQueryByUser(profile);
  consents.grantQuery(profile);
  privacy.grantQuery(profile);
}

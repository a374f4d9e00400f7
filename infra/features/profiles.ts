import type { ChatSystem } from './chat-system.ts';

/** What people let others see of themselves. Where profiles are not stored the function may touch nothing. */
export function addProfiles(system: ChatSystem): void {
  const { profiles, conversations, personal, privacy } = system.data;

  const profile = system.addAction('profile', {
    settings: [
      'profilesStored',
      'profileRetentionSeconds',
      'purgeBoundSeconds',
      'sensitiveData',
      'nationalIdCountries',
      'senders',
    ],
  });
  if (profiles === undefined) return;
  profiles.grant(profile, 'BatchGetItem', 'PutItem');
  conversations.grant(profile, 'GetItem', 'BatchGetItem');
  personal.grant(profile, 'BatchGetItem');
  privacy.grantAskingForHolds(profile);
  privacy.grantRetention(profile, 'profiles');
}

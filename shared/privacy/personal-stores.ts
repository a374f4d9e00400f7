/**
 * Every place of ours where something about a person can be, by the name that the data map gives it. Erasure, export
 * and hold each say for all of them what they do there; a test compares the list with the synthesized template.
 */
export const personalStores = [
  'messages',
  'sends',
  'conversations',
  'connections',
  'profiles',
  'consents',
  'privacy',
  'retries',
  'retryDeadLetters',
  'erasures',
  'erasureDeadLetters',
  'holdWork',
  'holdWorkDeadLetters',
  'logs',
] as const;

export type PersonalStore = (typeof personalStores)[number];

export type Kept = { readonly messagesStored: boolean; readonly profilesStored: boolean };

/** Those that a deployment has which stores this much. */
export function storesOf({ messagesStored, profilesStored }: Kept): ReadonlySet<PersonalStore> {
  const ofMessages: readonly PersonalStore[] = ['messages', 'retries', 'retryDeadLetters'];
  return new Set(
    personalStores.filter(
      (store) => (messagesStored || !ofMessages.includes(store)) && (profilesStored || store !== 'profiles'),
    ),
  );
}

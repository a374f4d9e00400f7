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
] as const;

export type PersonalStore = (typeof personalStores)[number];

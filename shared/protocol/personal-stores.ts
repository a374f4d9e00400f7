/**
 * Every place of ours where something about a person can be, by the name that the data map gives it. Erasure, export
 * and hold each say for all of them what they do there; a test compares the list with the synthesized template.
 */
export const personalStores = [
  'messages',
  'changes',
  'media',
  'mediaObjects',
  'handovers',
  'handoverObjects',
  'sends',
  'conversations',
  'connections',
  'live',
  'personal',
  'reports',
  'reportObjects',
  'rateLimits',
  'profiles',
  'consents',
  'privacy',
  'retries',
  'retryDeadLetters',
  'roomWork',
  'roomWorkDeadLetters',
  'notifications',
  'notificationDeadLetters',
  'erasures',
  'erasureDeadLetters',
  'exports',
  'exportDeadLetters',
  'exportFiles',
  'holdWork',
  'holdWorkDeadLetters',
  'logs',
] as const;

export type PersonalStore = (typeof personalStores)[number];

export type Kept = {
  readonly messagesStored: boolean;
  /** Never where messages are stored. */
  readonly mediaHandedOver: boolean;
  readonly profilesStored: boolean;
  /** Never where messages are not stored. */
  readonly reportsKept: boolean;
  /** Never where messages are not stored. */
  readonly devicesNotified: boolean;
};

/** Those that a deployment has which stores this much. */
export function storesOf({
  messagesStored,
  mediaHandedOver,
  profilesStored,
  reportsKept,
  devicesNotified,
}: Kept): ReadonlySet<PersonalStore> {
  const there: Readonly<Partial<Record<PersonalStore, boolean>>> = {
    messages: messagesStored,
    changes: messagesStored,
    mediaObjects: messagesStored,
    retries: messagesStored,
    retryDeadLetters: messagesStored,
    roomWork: messagesStored,
    roomWorkDeadLetters: messagesStored,
    notifications: devicesNotified,
    notificationDeadLetters: devicesNotified,
    media: messagesStored || mediaHandedOver,
    handovers: mediaHandedOver,
    handoverObjects: mediaHandedOver,
    profiles: profilesStored,
    reports: reportsKept,
    reportObjects: reportsKept,
  };
  return new Set(personalStores.filter((store) => there[store] ?? true));
}

import { setTimeout } from 'node:timers/promises';
import { retentionMemory } from '../retention/retention-memory.ts';
import type { Environment } from '../runtime/environment.ts';
import { type AskRetention, unchangedRetention } from '../stores/expiry/retention.ts';
import { retentionStore } from '../stores/privacy/retention-store.ts';
import { systemClock } from '../time.ts';
import { database } from './clients.ts';

/** By which of what is stored may be read: as all functions go by it, of this deployment and of earlier ones. */
export const messageRetention = ({ privacyTable, messageRetentionSeconds }: Environment) =>
  retentionMemory({ ...common(privacyTable), kind: 'messages', retentionSeconds: messageRetentionSeconds });
export const profileRetention = ({ privacyTable, profileRetentionSeconds }: Environment) =>
  retentionMemory({ ...common(privacyTable), kind: 'profiles', retentionSeconds: profileRetentionSeconds });
export const reportRetention = ({ privacyTable, reportSeconds }: Environment) =>
  retentionMemory({ ...common(privacyTable), kind: 'reports', retentionSeconds: reportSeconds });

/** Where messages are not stored nothing of them ends, and nothing is remembered. */
export const listingRetention = (environment: Environment): AskRetention => {
  if (environment.messagesStored) return messageRetention(environment);
  const unchanged = unchangedRetention(environment.messageRetentionSeconds);
  return async () => ({ ...unchanged, now: systemClock() });
};

const common = (privacyTable: string) => ({
  store: retentionStore(database(), privacyTable),
  now: systemClock,
  pause: async (millis: number) => setTimeout(millis),
});

import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { ConsentStore } from '../stores/consents/consent-store.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { ProfileStore } from '../stores/profiles/profile-store.ts';
import type { RateLimitRowStore } from '../stores/rate-limits/rate-limit-row-store.ts';
import { OperatorError } from './operator-error.ts';

export type KnownUserDeps = {
  readonly ledger: Pick<ConsentStore, 'last'>;
  readonly conversations: Pick<ConversationStore, 'listIds'>;
  readonly connections: Pick<ConnectionStore, 'listByUser'>;
  readonly rateLimits: Pick<RateLimitRowStore, 'list'>;
  /** Undefined where they are not stored. */
  readonly profiles: Pick<ProfileStore, 'read'> | undefined;
};

/**
 * Whoever has ever used the chat has a row in one of these; the others have none without one here. An id that is in none
 * of them is most likely mistyped, and would be erased, or held, to the operator's satisfaction.
 */
export async function requireKnownUser(deps: KnownUserDeps, userId: string, advice: string): Promise<void> {
  const { ledger, conversations, connections, rateLimits, profiles } = deps;
  const looks: Readonly<Record<string, () => Promise<boolean>>> = {
    consents: async () => (await ledger.last(userId)) !== undefined,
    conversations: async () => (await conversations.listIds(userId, 1)).ids.length > 0,
    connections: async () => (await connections.listByUser(userId)).length > 0,
    rateLimits: async () => (await rateLimits.list(userId)).length > 0,
    ...(profiles !== undefined && { profiles: async () => (await profiles.read([userId])).length > 0 }),
  };
  for (const look of Object.values(looks)) if (await look()) return;
  const lookedAt = Object.keys(looks).join(', ');
  throw new OperatorError('UNKNOWN_USER', `nothing is known of ${userId} (looked at ${lookedAt}): ${advice}`);
}

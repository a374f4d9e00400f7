import type { ConsentState } from '../protocol/consent/table.ts';
import { type CheckPartnerDeps, checkPartner } from '../reach/check-partner.ts';
import { recent } from '../runtime/recent.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { ConsentAndSocketsStore } from '../stores/consents/consent-and-sockets-store.ts';
import { consentState, type Policy } from '../stores/consents/consent-entry.ts';
import type { ConsentStore } from '../stores/consents/consent-store.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { Clock } from '../time.ts';

/** The open connections of these users, read a moment ago. */
export type Sockets = { readonly of: ReadonlySet<string>; readonly connections: readonly Connection[] };

export type ReadAheadDeps = {
  readonly ledger: Pick<ConsentStore, 'last'>;
  readonly consentAndSockets: ConsentAndSocketsStore;
  readonly policy: Policy;
  readonly now: Clock;
};

export type ReadAhead = {
  /** The sender's consent as it is now, and in the same call, where both are known, the sockets of those written to before. */
  look(
    userId: string,
    conversationId: string,
  ): Promise<{ readonly state: ConsentState; readonly ahead: Sockets }>;
  /** The members as they have just been read. */
  remember(conversation: Conversation): void;
};

/** Larger groups are found by other means. */
const mostMembers = 32;
const nobody: Sockets = { of: new Set(), connections: [] };

/**
 * Spares two calls to people who write to each other. The ledger only ever grows, so who was found to have agreed still agrees as
 * long as the next line is not there: that is one item with a known key, which one call reads beside others. What is remembered of
 * the members decides nothing: whoever is one by now is pushed to, and nobody else.
 */
export function readAhead({ ledger, consentAndSockets, policy, now }: ReadAheadDeps): ReadAhead {
  const agreed = recent<number>(now);
  const membersOf = recent<readonly string[]>(now);

  return {
    async look(userId, conversationId) {
      const entry = agreed.get(userId);
      if (entry !== undefined) {
        const members = membersOf.get(conversationId) ?? [];
        // To who is none of them a conversation that is there is to be no other call than one that is nowhere.
        const users = members.includes(userId) ? members : [];
        const next = { userId, entry: entry + 1 };
        const { hasLine, connections } = await consentAndSockets.read(next, users);
        if (!hasLine) return { state: 'granted', ahead: { of: new Set(users), connections } };
        agreed.delete(userId);
      }
      const line = await ledger.last(userId);
      const state = consentState(line, policy);
      if (line !== undefined && state === 'granted') agreed.set(userId, line.entry);
      return { state, ahead: nobody };
    },

    remember({ head: { conversationId }, members }) {
      if (members.size <= mostMembers) membersOf.set(conversationId, [...members.keys()]);
    },
  };
}

/** Remembers what it reads. */
export function remembering<Store extends Pick<ConversationStore, 'read'>>(
  conversations: Store,
  remember: ReadAhead['remember'],
): Store {
  return {
    ...conversations,
    async read(conversationId) {
      const conversation = await conversations.read(conversationId);
      if (conversation !== undefined) remember(conversation);
      return conversation;
    },
  };
}

/**
 * Of a direct conversation checks that the other one takes part, by their sockets: those read ahead, or read now and passed on.
 * @throws ProtocolError see `checkPartner`
 */
export async function withPartner(
  deps: CheckPartnerDeps & { readonly connections: Pick<ConnectionStore, 'listByUsers'> },
  conversation: Conversation,
  userId: string,
  ahead: Sockets = nobody,
): Promise<Sockets> {
  if (conversation.head.kind !== 'direct') return ahead;
  const both = [...conversation.members.keys()];
  const isKnown = both.every((each) => ahead.of.has(each));
  const sockets = isKnown
    ? ahead
    : { of: new Set(both), connections: await deps.connections.listByUsers(both) };
  await checkPartner(deps, conversation, userId, sockets.connections);
  return sockets;
}

/** What has not been read ahead is read now. */
export function withSockets(
  connections: Pick<ConnectionStore, 'listByUsers'>,
  { of, connections: ahead }: Sockets = nobody,
): Pick<ConnectionStore, 'listByUsers'> {
  return {
    async listByUsers(userIds) {
      const wanted = new Set(userIds);
      const others = userIds.filter((userId) => !of.has(userId));
      const read = others.length > 0 ? await connections.listByUsers(others) : [];
      return [...ahead.filter(({ userId }) => wanted.has(userId)), ...read];
    },
  };
}

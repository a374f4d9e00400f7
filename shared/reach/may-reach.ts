import type { Reach } from '../configuration/reach.ts';
import { isSenderId } from '../protocol/sender-id.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { type ClaimedIds, isClaimed } from './claimed-ids.ts';

export type MayReachDeps = {
  readonly reach: Reach;
  /** Ids of the operator's own senders, whom everybody may reach. */
  readonly senders: ReadonlySet<string>;
  readonly conversations: Pick<ConversationStore, 'listIds' | 'listMembersAmong'>;
};

export type Caller = {
  readonly userId: string;
  /** What their token says, where the operator goes by a claim. */
  readonly reach?: ClaimedIds;
};

/** Who has been named, and by whom; a conversation that the caller says they share. */
export type Naming = {
  readonly caller: Caller;
  readonly named: readonly string[];
  readonly via?: string | undefined;
};

/** Of somebody's conversations as many are looked at as a page of them has at most: for another one `via` has to be said. */
const mostConversations = 100;

/** Whether all of them may be reached. Whoever is not there is as far away as whoever may not be reached. */
export async function mayReach(
  { reach, senders, conversations }: MayReachDeps,
  naming: Naming,
): Promise<boolean> {
  const { caller, via } = naming;
  const named = naming.named.filter((userId) => !senders.has(userId));
  if (named.some(isSenderId)) return false;
  if (reach === 'anyone') return true;
  if (reach !== 'shared') {
    const { reach: allowed = [] } = caller;
    return named.every((userId) => isClaimed(allowed, userId));
  }
  const ids = via === undefined ? (await conversations.listIds(caller.userId, mostConversations)).ids : [via];
  const rows = await conversations.listMembersAmong(
    ids.flatMap((conversationId) => [caller.userId, ...named].map((userId) => ({ conversationId, userId }))),
  );
  const own = new Set(rows.flatMap((row) => (row.userId === caller.userId ? [row.conversationId] : [])));
  const shared = new Set(rows.flatMap((row) => (own.has(row.conversationId) ? [row.userId] : [])));
  return named.every((userId) => shared.has(userId));
}

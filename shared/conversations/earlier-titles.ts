import type { Head } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { AskRetention, RetentionAt } from '../stores/expiry/retention.ts';
import { isProfileReadable } from '../stores/profiles/profile.ts';
import type { EpochSeconds } from '../time.ts';

export type EarlierTitlesDeps = {
  readonly conversations: Pick<ConversationStore, 'stripTitle'>;
  /** Undefined where profiles are not stored. */
  readonly titles: { readonly retention: AskRetention } | undefined;
};

const unstamped = Number.MAX_SAFE_INTEGER as EpochSeconds;

/**
 * The titles that an earlier release has put on heads, without an author and an end: each began with its conversation, and
 * nobody renews it. Whoever comes upon one that has ended takes it away.
 */
export async function earlierTitles(
  { conversations, titles }: EarlierTitlesDeps,
  heads: readonly Head[],
): Promise<ReadonlyMap<string, string>> {
  const titled = heads.filter(({ title }) => title !== undefined);
  if (titled.length === 0) return new Map();
  const retention = await titles?.retention();
  const lasting = titled.filter((head) => isReadable(head, retention));
  const ended = titled.filter((head) => !lasting.includes(head));
  await Promise.all(ended.map(async ({ conversationId }) => conversations.stripTitle(conversationId)));
  return new Map(lasting.map(({ conversationId, title = '' }) => [conversationId, title]));
}

function isReadable({ createdAt }: Head, retention: RetentionAt | undefined): boolean {
  return (
    retention !== undefined && isProfileReadable({ updatedAt: createdAt, expiresAt: unstamped }, retention)
  );
}

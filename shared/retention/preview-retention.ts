import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { effectiveExpiry, isReadable } from '../stores/expiry/expiry.ts';
import { cutoff } from '../stores/expiry/purge-times.ts';
import { type AskRetention, unchangedRetention } from '../stores/expiry/retention.ts';
import { authorsOf, type MessageHeader } from '../stores/messages/message-header.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import type { Clock } from '../time.ts';

export type PreviewRow = {
  readonly conversationId: string;
  readonly messages: number;
  readonly oldestSentAt: string;
};

export type RetentionPreview = {
  readonly retentionSeconds: number;
  readonly proposedSeconds: number;
  /** Readable now, gone the moment the proposed retention applies. */
  readonly messages: number;
  readonly conversations: readonly PreviewRow[];
  readonly oldestSentAt: string | null;
  /** False when time ran out: the numbers are then the least that would go. */
  readonly complete: boolean;
};

export type PreviewDeps = {
  readonly conversations: Pick<ConversationStore, 'listDue'>;
  readonly messages: Pick<MessageStore, 'headers'>;
  readonly holds: Pick<HoldStore, 'among'>;
  readonly retentionSeconds: number;
  readonly retention: AskRetention;
  readonly now: Clock;
  readonly isOver: () => boolean;
};

/** A longer retention un-hides nothing and deletes nothing: its preview is empty. What is under hold is not deleted. */
export async function previewRetention(
  deps: PreviewDeps,
  proposedSeconds: number,
): Promise<RetentionPreview> {
  const { retentionSeconds } = deps;
  const conversations: PreviewRow[] = [];
  let complete = true;
  if (proposedSeconds < retentionSeconds) {
    const { expiredBy, sentBy } = cutoff(unchangedRetention(proposedSeconds), deps.now(), 0);
    for await (const conversationId of deps.conversations.listDue({ expiredBy, sentBy })) {
      const row = deps.isOver() ? undefined : await previewOne(deps, conversationId, proposedSeconds);
      complete &&= row?.complete ?? false;
      if (!complete) break;
      if (row !== undefined && row.messages > 0) {
        const { messages, oldest } = row;
        conversations.push({ conversationId, messages, oldestSentAt: new Date(oldest).toISOString() });
      }
    }
  }
  const oldestSentAt = conversations.map((row) => row.oldestSentAt).sort()[0] ?? null;
  return {
    retentionSeconds,
    proposedSeconds,
    messages: conversations.reduce((sum, { messages }) => sum + messages, 0),
    conversations: conversations.toSorted((one, other) => other.messages - one.messages),
    oldestSentAt,
    complete,
  };
}

type One = { readonly messages: number; readonly oldest: number; readonly complete: boolean };

async function previewOne(deps: PreviewDeps, conversationId: string, proposedSeconds: number): Promise<One> {
  const retention = await deps.retention();
  const { now } = retention;
  const proposed = unchangedRetention(proposedSeconds);
  const wouldEnd = (header: MessageHeader) =>
    isReadable(header, retention) && effectiveExpiry(header, proposed) * 1000 <= now;
  const isTooYoung = ({ sentAt }: MessageHeader) => sentAt > now - (proposedSeconds - 1) * 1000;
  let messages = 0;
  let oldest = Number.MAX_SAFE_INTEGER;
  for (let after = 0; ; ) {
    if (deps.isOver()) return { messages, oldest, complete: false };
    const { headers, more } = await deps.messages.headers(conversationId, { after });
    const ending = headers.filter(wouldEnd);
    const lost = await notHeld(deps, conversationId, ending);
    messages += lost.length;
    oldest = Math.min(oldest, ...lost.map(({ sentAt }) => sentAt));
    // Times never fall with rising numbers.
    if (!more || headers.some(isTooYoung)) return { messages, oldest, complete: true };
    after = headers.at(-1)?.seq ?? after;
  }
}

/** Asked for by key for each page: a read unit for each author, however many holds there are. */
async function notHeld(
  { holds }: PreviewDeps,
  conversationId: string,
  headers: readonly MessageHeader[],
): Promise<readonly MessageHeader[]> {
  if (headers.length === 0) return [];
  const held = await holds.among({ users: authorsOf(headers), conversations: [conversationId] });
  return headers.filter(({ from }) => !isOnHold(held, from, conversationId));
}

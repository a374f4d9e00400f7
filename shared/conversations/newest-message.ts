import type { LastMessage } from '../protocol/conversations/table.ts';
import { isMediaContent } from '../protocol/messages/media-content.ts';
import type { WrittenContent } from '../protocol/messages/table.ts';
import type { Membership } from '../stores/conversations/conversation-store.ts';
import { effectiveExpiry, isReadable } from '../stores/expiry/expiry.ts';
import type { AskRetention, RetentionAt } from '../stores/expiry/retention.ts';
import type {
  ListedHeader,
  ListedMessageStore,
  MessageKey,
} from '../stores/messages/listed-message-store.ts';
import type { Message } from '../stores/messages/message.ts';
import { isShownTo } from '../stores/messages/message-header.ts';
import { previewOf } from './preview.ts';

export type NewestMessagesDeps = {
  readonly messages: ListedMessageStore;
  readonly retention: AskRetention;
  /** Whom the member blocks: what they write in groups is there, and no list tells of it. */
  readonly blocked: ReadonlySet<string>;
};

/** Where to look first: at the newest there is, or at one that is known to be readable. */
export type Sought = Membership & { readonly newest?: number };

/** So far it is looked back for one that can be read. */
const lookBack = 20;

/** Whether somebody whom this person does not block has written it, and they can read it. */
export function isShown(
  header: ListedHeader,
  { userId, blocked }: { readonly userId: string; readonly blocked: ReadonlySet<string> },
  ruling: RetentionAt,
): header is ListedHeader & { readonly from: string } {
  return (
    header.from !== undefined &&
    !blocked.has(header.from) &&
    header.type !== 'event' &&
    header.recalledAt === undefined &&
    isShownTo(header, userId) &&
    isReadable(header, ruling)
  );
}

/** By conversation the newest message that its member can read; none, where there is none among the last ones. */
export async function newestMessages(
  { messages, retention, blocked }: NewestMessagesDeps,
  sought: readonly Sought[],
): Promise<ReadonlyMap<string, LastMessage>> {
  const found = new Map<string, LastMessage>();
  const bySought = new Map(sought.map((each) => [each.head.conversationId, each]));
  await look(sought.map(({ head, newest }) => keyOf(head, newest ?? head.lastSeq)));
  const without = sought.filter(({ head }) => !found.has(head.conversationId));
  const ruling = await retention();
  const earlier = await Promise.all(without.map(async (each) => earlierKey(each, ruling)));
  await look(earlier.filter((key) => key !== undefined));
  return found;

  async function look(keys: readonly MessageKey[]): Promise<void> {
    const read = await messages.find(keys.filter(({ seq }) => seq > 0));
    const after = await retention();
    for (const { header, message } of read) {
      const member = bySought.get(message.conversationId)?.member;
      if (member === undefined || message.seq < (member.fromSeq ?? 1)) continue;
      // Of what was erased there is no content.
      if (!isShown(header, { userId: member.userId, blocked }, after)) continue;
      const { content } = message;
      if (content.type === 'event' || content.type === 'recalled') continue;
      found.set(message.conversationId, lastMessage(message, content, after));
    }
  }

  /** Erased ones, events and what has ended leave numbers behind. */
  async function earlierKey(
    { head, member, newest }: Sought,
    now: RetentionAt,
  ): Promise<MessageKey | undefined> {
    const range = { after: (member.fromSeq ?? 1) - 1, before: newest ?? head.lastSeq, limit: lookBack };
    const { headers } = await messages.newest(head.conversationId, range);
    const seq = headers.find((each) => isShown(each, { userId: member.userId, blocked }, now))?.seq;
    return seq === undefined ? undefined : keyOf(head, seq);
  }
}

const keyOf = ({ conversationId }: Membership['head'], seq: number): MessageKey => ({ conversationId, seq });

function lastMessage(message: Message, content: WrittenContent, ruling: RetentionAt): LastMessage {
  const { seq, from, sentAt } = message;
  const expiresAt = effectiveExpiry(message, ruling);
  return {
    ...{ seq, from, sentAt, expiresAt, type: content.type, preview: previewOf(content) },
    ...(isMediaContent(content) && content.voice && { voice: content.voice }),
  };
}

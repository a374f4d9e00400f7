import type { MembersEvent } from '../../protocol/messages/table.ts';
import type { EpochMillis } from '../../time.ts';
import { withEnd } from '../dynamodb/time-to-live.ts';
import type { Message } from './message.ts';

/** A message without what it says. A tombstone is nobody's and has no id: its number is not given out again. */
export type MessageHeader = Pick<Message, 'conversationId' | 'seq' | 'sentAt' | 'expiresAt'> &
  Partial<Pick<Message, 'id' | 'from'>> & {
    /** Of the media that goes with it. */
    readonly mediaId?: string;
    /** Stored without a time to live. */
    readonly held: boolean;
    readonly tombstonedAt?: EpochMillis;
    /** Those who are not to know of it: whoever blocked its author when it was written. */
    readonly hiddenFor?: readonly string[];
    /** Of an event: who came and who went. */
    readonly event?: Comings;
    /** Somebody has reacted to it, and may have taken it back. */
    readonly reacted?: true;
  };

/** What an event says of who may write and read behind it. */
export type Comings = Pick<MembersEvent, 'added' | 'removed' | 'left' | 'closed'>;

/** For a query that reads no more than the header. */
export const headerProjection = {
  ProjectionExpression:
    'conversationId, seq, #from, id, sentAt, expiresAt, endsAt, heldExpiresAt, erasedAt, hiddenFor, reactions, #content.mediaId, #content.#event, #content.added, #content.removed, #content.#left, #content.#closed',
  ExpressionAttributeNames: {
    '#from': 'from',
    '#content': 'content',
    '#event': 'event',
    '#left': 'left',
    '#closed': 'closed',
  },
};

export function toHeader(item: Readonly<Record<string, unknown>>): MessageHeader {
  const { conversationId, seq, id, from, sentAt, expiresAt } = withEnd<Message>(item);
  const { content, heldExpiresAt, erasedAt, hiddenFor } = item;
  return {
    ...{ conversationId, seq, sentAt, expiresAt },
    ...(id !== undefined && { id }),
    ...(from !== undefined && { from }),
    ...mediaIn(content),
    ...comingsIn(content),
    held: heldExpiresAt !== undefined,
    ...(erasedAt !== undefined && { tombstonedAt: erasedAt as EpochMillis }),
    ...(Array.isArray(hiddenFor) && { hiddenFor }),
    ...(item['reactions'] !== undefined && { reacted: true as const }),
  };
}

/** Of a message's content as it is stored, or of what a projection has left of it. */
export function mediaIn(content: unknown): { readonly mediaId?: string } {
  const { mediaId } = (content ?? {}) as { readonly mediaId?: string };
  return mediaId === undefined ? {} : { mediaId };
}

/** Likewise. */
export function comingsIn(content: unknown): { readonly event?: Comings } {
  const { event, added, removed, left, closed } = (content ?? {}) as Partial<MembersEvent>;
  if (event === undefined) return {};
  return {
    event: {
      ...(added !== undefined && { added }),
      ...(removed !== undefined && { removed }),
      ...(left !== undefined && { left }),
      ...(closed !== undefined && { closed }),
    },
  };
}

/** Whether it may be shown to that person at all. */
export function isShownTo({ hiddenFor = [] }: Pick<MessageHeader, 'hiddenFor'>, userId: string): boolean {
  return !hiddenFor.includes(userId);
}

/** Everybody who wrote one of them, once. */
export function authorsOf(headers: readonly Pick<MessageHeader, 'from'>[]): readonly string[] {
  return [...new Set(headers.flatMap(({ from }) => (from === undefined ? [] : [from])))];
}

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
  };

/** For a query that reads no more than the header. */
export const headerProjection = {
  ProjectionExpression:
    'conversationId, seq, #from, id, sentAt, expiresAt, endsAt, heldExpiresAt, erasedAt, hiddenFor, #content.mediaId',
  ExpressionAttributeNames: { '#from': 'from', '#content': 'content' },
};

export function toHeader(item: Readonly<Record<string, unknown>>): MessageHeader {
  const { conversationId, seq, id, from, sentAt, expiresAt } = withEnd<Message>(item);
  const { content, heldExpiresAt, erasedAt, hiddenFor } = item;
  return {
    ...{ conversationId, seq, sentAt, expiresAt },
    ...(id !== undefined && { id }),
    ...(from !== undefined && { from }),
    ...mediaIn(content),
    held: heldExpiresAt !== undefined,
    ...(erasedAt !== undefined && { tombstonedAt: erasedAt as EpochMillis }),
    ...(Array.isArray(hiddenFor) && { hiddenFor }),
  };
}

/** Of a message's content as it is stored, or of what a projection has left of it. */
export function mediaIn(content: unknown): { readonly mediaId?: string } {
  const { mediaId } = (content ?? {}) as { readonly mediaId?: string };
  return mediaId === undefined ? {} : { mediaId };
}

/** Whether it may be shown to that person at all. */
export function isShownTo({ hiddenFor = [] }: Pick<MessageHeader, 'hiddenFor'>, userId: string): boolean {
  return !hiddenFor.includes(userId);
}

/** Everybody who wrote one of them, once. */
export function authorsOf(headers: readonly Pick<MessageHeader, 'from'>[]): readonly string[] {
  return [...new Set(headers.flatMap(({ from }) => (from === undefined ? [] : [from])))];
}

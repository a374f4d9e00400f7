import type { SendFrame } from '../../protocol/messages/frames.ts';
import type { MessageBody, MessageContent, WrittenContent } from '../../protocol/messages/table.ts';
import type { EpochMillis, EpochSeconds } from '../../time.ts';
import type { Placed } from '../expiry/expiry.ts';

/** A stored chat item: the wire's shape, with the units spelled out. */
export type Message = MessageBody & {
  readonly sentAt: EpochMillis;
  readonly expiresAt: EpochSeconds;
  readonly editedAt?: EpochMillis;
  readonly recalledAt?: EpochMillis;
  readonly pinnedAt?: EpochMillis;
};

/** What is asked for, with its media as it was found to be. */
export type SendRequest = Omit<SendFrame, 'content' | 'origin'> & {
  readonly content: WrittenContent;
  /** It ends then at the latest, with what it shows of another message. */
  readonly endsBy?: EpochSeconds;
};

export function newMessage(
  from: string,
  frame: Omit<SendRequest, 'content'> & { readonly content: MessageContent },
  placed: Placed,
): Message {
  const { conversationId, id, content, replyTo, mentions, mentionsAll, forwarded, endsBy } = frame;
  return {
    conversationId,
    seq: placed.seq,
    id,
    from,
    sentAt: placed.sentAt,
    expiresAt: Math.min(placed.expiresAt, endsBy ?? placed.expiresAt) as EpochSeconds,
    content,
    ...(replyTo !== undefined && { replyTo }),
    ...(mentions !== undefined && { mentions }),
    ...(mentionsAll !== undefined && { mentionsAll }),
    ...(forwarded !== undefined && { forwarded }),
  };
}

import type { SendFrame } from '../../protocol/client-frames.ts';
import type { MessageBody, MessageContent } from '../../protocol/server-frames.ts';
import { type EpochMillis, type EpochSeconds, epochSeconds } from '../../time.ts';

/** A stored chat item: the wire's shape, with the units spelled out. */
export type Message = MessageBody & {
  readonly sentAt: EpochMillis;
  readonly expiresAt: EpochSeconds;
  /** Nothing of the message is left but its number and its times, so that the number is not given out again. */
  readonly erasedAt?: EpochMillis;
};

/** What is asked for, with its media as it was found to be. */
export type SendRequest = Omit<SendFrame, 'content'> & { readonly content: MessageContent };

export type Placed = { readonly seq: number; readonly sentAt: EpochMillis; readonly expiresAt: EpochSeconds };

/** One clock: whatever belongs to the message ends at this instant. Rounded down, never past the promise. */
export function expiryOf(sentAt: EpochMillis, retentionSeconds: number): EpochSeconds {
  return epochSeconds(sentAt + retentionSeconds * 1000);
}

/** The earlier of what was stamped and what the present policy allows: a longer policy un-hides nothing. */
export function effectiveExpiry(
  message: Pick<Message, 'sentAt' | 'expiresAt'>,
  retentionSeconds: number,
): EpochSeconds {
  return Math.min(message.expiresAt, expiryOf(message.sentAt, retentionSeconds)) as EpochSeconds;
}

export function isReadable(
  message: Pick<Message, 'sentAt' | 'expiresAt' | 'erasedAt'>,
  retentionSeconds: number,
  now: EpochMillis,
): boolean {
  return message.erasedAt === undefined && now < effectiveExpiry(message, retentionSeconds) * 1000;
}

export function newMessage(from: string, frame: SendRequest, placed: Placed): Message {
  const { conversationId, id, content, replyTo, mentions } = frame;
  return {
    conversationId,
    seq: placed.seq,
    id,
    from,
    sentAt: placed.sentAt,
    expiresAt: placed.expiresAt,
    content,
    ...(replyTo !== undefined && { replyTo }),
    ...(mentions !== undefined && { mentions }),
  };
}

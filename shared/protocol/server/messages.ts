import * as z from 'zod';
import { conversationId, frameId, mediaContent, seq, textContent, userId } from '../client-frames.ts';
import { mediaFacts } from './media.ts';
import { profileFields } from './profile.ts';
import { count, millis, push, seconds } from './values.ts';

export const messageContent = z.discriminatedUnion('type', [
  textContent,
  mediaContent.extend({ media: mediaFacts }),
]);

export const messageBody = z.strictObject({
  conversationId,
  seq,
  id: frameId,
  from: userId,
  sentAt: millis,
  expiresAt: seconds,
  content: messageContent,
  replyTo: seq.exactOptional(),
  mentions: z.array(userId).exactOptional(),
});

export const sendResult = z.strictObject({
  conversationId,
  seq,
  sentAt: millis,
  expiresAt: seconds,
  stored: z.boolean(),
  duplicate: z.literal(true).exactOptional(),
  flagged: z
    .literal(true)
    .describe('the text holds what looks like sensitive data, and the operator wants it flagged')
    .exactOptional(),
  media: mediaFacts.exactOptional(),
});

export const historyResult = z
  .strictObject({
    messages: z.array(messageBody),
    firstSeq: seq,
    lastSeq: count,
    next: count.exactOptional(),
  })
  .describe('`firstSeq` and `lastSeq` bound what can still be read; `firstSeq > lastSeq` when nothing can');

export const messagePush = push('message', {
  message: messageBody,
  profile: profileFields
    .pick({ nickname: true, avatarUrl: true })
    .describe('where profiles are not stored: what the token of the sender says, on the push alone')
    .exactOptional(),
});

export const erasedPush = push('erased', { conversationId, seqs: z.array(seq) });

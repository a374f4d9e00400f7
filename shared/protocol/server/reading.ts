import { conversationId, seq, userId } from '../client-frames.ts';
import { push } from './values.ts';

export const readPush = push('read', { conversationId, userId, seq: seq.describe('how far they have read') });

export const typingPush = push('typing', {
  conversationId,
  userId,
  seq: seq.describe('what they have on the screen, if they say so').exactOptional(),
});

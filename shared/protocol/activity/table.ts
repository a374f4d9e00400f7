import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { described, noResult, push } from '../reply-values.ts';
import { conversationId, seq, userId } from '../values.ts';
import { deliveredFrame, readFrame, typingFrame } from './frames.ts';

const readPush = push('read', { conversationId, userId, seq: described(seq, 'how far they have read') });

const deliveredPush = push('delivered', {
  conversationId,
  userId,
  seq: described(seq, 'how far messages have come to them'),
});

const typingPush = push('typing', {
  conversationId,
  userId,
  seq: z.exactOptional(described(seq, 'what they have on the screen, if they say so')),
});

/** What a member does in a conversation beside writing. */
export const activity = {
  actions: {
    read: { summary: 'says how far you have read', frame: readFrame, result: noResult },
    delivered: {
      summary: 'says how far messages have come to your device',
      frame: deliveredFrame,
      result: noResult,
    },
    typing: {
      summary: 'tells the other members that you are writing; nothing of it is kept',
      frame: typingFrame,
      result: noResult,
    },
  },
  pushes: {
    read: { summary: 'somebody has read up to a message, or you have on another device', frame: readPush },
    delivered: { summary: 'messages up to one have come to somebody', frame: deliveredPush },
    typing: { summary: 'somebody is writing', frame: typingPush },
  },
} satisfies Feature;

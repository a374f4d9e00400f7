import * as z from 'zod/mini';
import { action, conversationId, seq } from '../values.ts';

/** How far its sender has read. */
export const readFrame = action('read', { conversationId, seq });

/** How far messages have come to a device of its sender. */
export const deliveredFrame = action('delivered', { conversationId, seq });

/** `seq`: what its sender has on the screen, for those who want to know. */
export const typingFrame = action('typing', { conversationId, seq: z.optional(seq) });

export type ReadFrame = z.infer<typeof readFrame>;
export type DeliveredFrame = z.infer<typeof deliveredFrame>;
export type TypingFrame = z.infer<typeof typingFrame>;

import * as z from 'zod/mini';
import { action, conversationId, seq } from '../values.ts';

export const pinFrame = action('pin', { conversationId, seq, on: z.boolean() });

export type PinFrame = z.infer<typeof pinFrame>;

import * as z from 'zod/mini';
import { action, conversationId, seq } from '../values.ts';
import { canonicalEmoji, isEmoji } from './emoji.ts';

const emoji = z.pipe(z.string().check(z.refine(isEmoji)), z.transform(canonicalEmoji));

export const reactFrame = action('react', { conversationId, seq, emoji, on: z.boolean() });

export type ReactFrame = z.infer<typeof reactFrame>;

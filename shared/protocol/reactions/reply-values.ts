import * as z from 'zod';
import { count } from '../reply-values.ts';

export const reactionCount = z.strictObject({ emoji: z.string(), count: count.min(1) });

/** As somebody sees it: with what they have given themselves. */
export const reaction = reactionCount.extend({
  own: z.literal(true).describe('you are one of them').exactOptional(),
});

import * as z from 'zod/mini';
import { action, userId } from '../values.ts';

/** Without a user: asks whom one blocks, from behind `after` on. */
export const blockFrame = action('block', {
  userId: z.optional(userId),
  blocked: z.optional(z.boolean()),
  after: z.optional(userId),
}).check(
  z.refine((frame) => (frame.userId === undefined) === (frame.blocked === undefined), 'both or neither'),
  z.refine((frame) => frame.userId === undefined || frame.after === undefined, 'a change or a page'),
);

export type BlockFrame = z.infer<typeof blockFrame>;

import * as z from 'zod/mini';
import { action, conversationId, seq, userId } from '../values.ts';
import { reportReasons } from './report-reasons.ts';

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

/** The same message from the same person is one report, whatever the `id` and the reason of the repeat. */
export const reportFrame = action('report', { conversationId, seq, reason: z.enum(reportReasons) });

export type ReportFrame = z.infer<typeof reportFrame>;

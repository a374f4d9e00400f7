import * as z from 'zod';
import { userId } from '../protocol/values.ts';
import type { HoldTarget } from '../stores/privacy/holds.ts';

/** Direct, group or room, as this service gives them out: whoever names anything else has mistyped, and would hold nothing. */
const conversationId = z.string().regex(/^[dgr]-[A-Za-z0-9_-]{22,43}$/);

const user = z.strictObject({ kind: z.literal('user'), userId });
const conversation = z.strictObject({ kind: z.literal('conversation'), conversationId });

/** As a command or a queue names it. */
export const holdTarget: z.ZodType<HoldTarget> = z.discriminatedUnion('kind', [user, conversation]);

const line = z.string().trim().min(1).max(200);

/** Needed for a new hold; of one that is in force each can be changed. */
const grounds = {
  reason: line.optional(),
  authority: line.optional(),
  endsAt: z.iso.datetime().optional(),
};

/** What the operator says when they place a hold, or ask how far it is. */
export const holdOrder = z.discriminatedUnion('kind', [
  user.extend({ ...grounds, allowUnknown: z.literal(true).optional() }),
  conversation.extend(grounds),
]);

export type HoldOrder = z.infer<typeof holdOrder>;

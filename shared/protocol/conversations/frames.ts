import * as z from 'zod';
import { cleanName, isVisible } from '../name-characters.ts';
import { action, conversationId, isWellFormed, token, userId } from '../values.ts';

/** Longest input that is looked at at all: what is taken away counts here. */
const longestTitle = 8_192;
/** As a nickname: one line of visible characters; what deceives or hides is taken away. */
const title = z
  .string()
  .min(1)
  .max(longestTitle)
  .refine(isWellFormed)
  .transform(cleanName)
  .pipe(z.string().refine(isVisible, 'must have a visible character'));

export const openFrame = action('open', {
  kind: z.enum(['direct', 'group']),
  members: z.array(userId).min(1),
  title: title.optional(),
  retention: z.number().int().positive().optional(),
});

export const membersFrame = action('members', { conversationId });

export const conversationsFrame = action('conversations', { cursor: token(256).optional() });

export type OpenFrame = z.infer<typeof openFrame>;
export type MembersFrame = z.infer<typeof membersFrame>;

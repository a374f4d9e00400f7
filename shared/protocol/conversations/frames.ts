import * as z from 'zod/mini';
import { cleanName, isVisible } from '../name-characters.ts';
import { action, conversationId, isWellFormed, token, userId } from '../values.ts';

/** Longest input that is looked at at all: what is taken away counts here. */
const longestTitle = 8_192;
/** As a nickname: one line of visible characters; what deceives or hides is taken away. */
const title = z.pipe(
  z.pipe(
    z.string().check(z.minLength(1), z.maxLength(longestTitle), z.refine(isWellFormed)),
    z.transform(cleanName),
  ),
  z.string().check(z.refine(isVisible, 'must have a visible character')),
);

export const openFrame = action('open', {
  kind: z.enum(['direct', 'group', 'room']),
  /** Of a room there need be none: nobody is a member of it but who has opened it. */
  members: z.array(userId),
  title: z.optional(title),
  retention: z.optional(z.int().check(z.positive())),
});

export const membersFrame = action('members', { conversationId });

export const conversationsFrame = action('conversations', { cursor: z.optional(token(2_048)) });

export type OpenFrame = z.infer<typeof openFrame>;
export type MembersFrame = z.infer<typeof membersFrame>;

import * as z from 'zod';
import { action, conversationId, isWellFormed, userId } from '../values.ts';

export const openFrame = action('open', {
  kind: z.enum(['direct', 'group']),
  members: z.array(userId).min(1),
  title: z.string().min(1).refine(isWellFormed).optional(),
  retention: z.number().int().positive().optional(),
});

export const membersFrame = action('members', { conversationId });

export const conversationsFrame = action('conversations', { cursor: z.string().min(1).max(256).optional() });

export type OpenFrame = z.infer<typeof openFrame>;
export type MembersFrame = z.infer<typeof membersFrame>;

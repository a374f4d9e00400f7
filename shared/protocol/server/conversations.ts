import * as z from 'zod';
import { conversationId, userId } from '../client-frames.ts';
import { count } from './values.ts';

const kind = z.enum(['direct', 'group']);

export const conversationSummary = z.strictObject({
  conversationId,
  kind,
  title: z.string().exactOptional(),
  members: z
    .array(userId)
    .describe('both people of a direct conversation; those of a group are asked for by `members`')
    .exactOptional(),
  lastSeq: count,
  readSeq: count,
  unread: count,
});

export const conversationsResult = z.strictObject({
  conversations: z.array(conversationSummary),
  next: z.string().describe('the `cursor` of the following `conversations` page').exactOptional(),
});

export const openResult = z.strictObject({
  conversationId,
  kind,
  members: z.array(userId),
  lastSeq: count,
});

export const membersResult = z.strictObject({ members: z.array(userId) });

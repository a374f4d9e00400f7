import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { count, push, type Sent } from '../reply-values.ts';
import { conversationId, userId } from '../values.ts';
import { conversationsFrame, membersFrame, openFrame } from './frames.ts';

const kind = z.enum(['direct', 'group', 'room']);

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
  unread: count.describe('what others wrote after it and can be read, up to 100'),
});

export const conversationsResult = z.strictObject({
  conversations: z.array(conversationSummary),
  next: z.string().describe('the `cursor` of the following `conversations` page').exactOptional(),
});

const openResult = z.strictObject({
  conversationId,
  kind,
  members: z.array(userId),
  lastSeq: count,
  flagged: z.literal(true).exactOptional(),
});

const membersResult = z.strictObject({ members: z.array(userId) });

const openedPush = push('opened', {
  conversationId,
  kind,
  members: z.array(userId),
  lastSeq: count,
  title: z.string(),
});

/** Which conversations there are, and whose they are. */
export const conversations = {
  actions: {
    open: {
      summary: 'opens a direct conversation, makes a group or a room',
      frame: openFrame,
      result: openResult,
    },
    members: {
      summary: 'lists everybody who can read what is written in a conversation',
      frame: membersFrame,
      result: membersResult,
    },
    conversations: {
      summary: 'lists a further page of your conversations',
      frame: conversationsFrame,
      result: conversationsResult,
    },
  },
  pushes: {
    opened: {
      summary: 'a group that you are in was made; only where its title is not kept, and that passes by',
      frame: openedPush,
    },
  },
} satisfies Feature;

export type ConversationSummary = Sent<typeof conversationSummary>;
export type ConversationsResult = Sent<typeof conversationsResult>;
export type OpenResult = Sent<typeof openResult>;
export type MembersResult = Sent<typeof membersResult>;

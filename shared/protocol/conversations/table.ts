import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { count, push, type Sent } from '../reply-values.ts';
import { conversationId, userId } from '../values.ts';
import { conversationsFrame, membersFrame, openFrame } from './frames.ts';

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

const role = z.enum(['owner', 'admin']);
const revision = count.describe('counts the changes of who is in it, and as what');

const membersResult = z.strictObject({
  members: z.array(userId),
  roles: z.record(z.string(), role).describe('of those of this page who have one'),
  revision,
  next: z.string().describe('the `cursor` of the following page').exactOptional(),
  waiting: z
    .array(userId)
    .describe('of those just named: who has not agreed to take part yet, and is no member before they do')
    .exactOptional(),
});

const membersPush = push('members', {
  conversationId,
  revision,
  added: z.array(userId),
  removed: z.array(userId).describe('also who has left'),
  roles: z
    .record(z.string(), z.enum(['owner', 'admin', 'member']))
    .describe('of those whose role has changed'),
  by: userId,
  closed: z.literal(true).describe('nobody writes there any more').exactOptional(),
});

const openedPush = push('opened', {
  conversationId,
  kind,
  members: z.array(userId),
  lastSeq: count,
  title: z.string().describe('only where titles are not kept').exactOptional(),
});

/** Which conversations there are, and whose they are. */
export const conversations = {
  actions: {
    open: { summary: 'opens a direct conversation or makes a group', frame: openFrame, result: openResult },
    members: {
      summary: 'lists everybody who is in a conversation, or adds, removes, leaves, gives a role, closes',
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
      summary: 'a group that you are in was made, or you were added to it',
      frame: openedPush,
    },
    members: { summary: 'who is in a group has changed, or as what', frame: membersPush },
  },
} satisfies Feature;

export type ConversationSummary = Sent<typeof conversationSummary>;
export type ConversationsResult = Sent<typeof conversationsResult>;
export type OpenResult = Sent<typeof openResult>;
export type MembersResult = Sent<typeof membersResult>;

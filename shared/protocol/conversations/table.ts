import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { count, described, millis, noResult, push, type Sent, seconds } from '../reply-values.ts';
import { conversationId, seq, userId } from '../values.ts';
import {
  arrangeFrame,
  conversationsFrame,
  membersFrame,
  muteFrame,
  openFrame,
  titleFrame,
} from './frames.ts';

const kind = z.enum(['direct', 'group', 'room']);

const role = z.enum(['owner', 'admin', 'member']);

const listedMember = z.strictObject({
  userId,
  role,
  readSeq: count.describe('how far they have read, if they and you let others know').exactOptional(),
});

const lastMessage = z.strictObject({
  seq,
  from: userId,
  sentAt: millis,
  expiresAt: seconds.describe('when it ends, and this preview with it'),
  type: z.enum(['text', 'image', 'audio', 'video', 'file', 'custom']),
  voice: z.literal(true).describe('of `audio`: a note that somebody has spoken').exactOptional(),
  preview: z
    .string()
    .describe(
      'the first 100 characters of the text, of the caption or of the name of the file; or empty. Of custom content its kind',
    ),
});

export const conversationSummary = z.strictObject({
  conversationId,
  kind,
  title: z.string().exactOptional(),
  members: z
    .array(listedMember)
    .describe('everybody, where they are 32 at most; of a larger group `members` tells')
    .exactOptional(),
  memberCount: count,
  lastSeq: count,
  lastMessage: lastMessage.describe('the newest that you can read').exactOptional(),
  readSeq: count,
  unread: count.describe('what others wrote after it and you can read: exact up to 100, else 101'),
  unreadMore: z.literal(true).describe('there are more than 100').exactOptional(),
  mentions: count.describe('those of them that mention you, or everybody'),
  muted: millis.describe('until when you have muted it').exactOptional(),
  pinned: z.literal(true).exactOptional(),
  hidden: z.literal(true).exactOptional(),
  role,
  joinedSeq: count.describe('the number by which you joined; 0: you were there from the beginning'),
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
  waiting: z
    .array(userId)
    .describe('of those: who has not agreed to take part yet, and is no member before they do')
    .exactOptional(),
  flagged: z.literal(true).exactOptional(),
});

const revision = count.describe('counts the changes of who is in it, and as what');

const membersResult = z.strictObject({
  members: z.array(userId),
  roles: z.record(z.string(), z.enum(['owner', 'admin'])).describe('of those of this page who have one'),
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
  roles: z.record(z.string(), role).describe('of those whose role has changed'),
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

const title = z.string().nullable().describe('as it has been cleaned; null: it has none');

const titleResult = z.strictObject({ title, flagged: z.literal(true).exactOptional() });

const titlePush = push('title', {
  conversationId,
  seq: described(seq, 'of the event: of two the higher one is the newer title'),
  title,
  by: userId,
});

const conversationPush = push('conversation', {
  conversationId,
  muted: millis.describe('until when; 0: no longer').exactOptional(),
  pinned: z.boolean().exactOptional(),
  hidden: z.boolean().exactOptional(),
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
      summary: 'lists everybody who is in a conversation, or adds, removes, leaves, gives a role, closes',
      frame: membersFrame,
      result: membersResult,
    },
    title: {
      summary: 'changes what a group is called; `null` takes its title away',
      frame: titleFrame,
      result: titleResult,
    },
    conversations: {
      summary: 'lists a further page of your conversations',
      frame: conversationsFrame,
      result: conversationsResult,
    },
    mute: {
      summary: 'mutes a conversation for you until a time; your other devices are told',
      frame: muteFrame,
      result: noResult,
    },
    arrange: {
      summary: 'pins or hides a conversation in your list; your other devices are told',
      frame: arrangeFrame,
      result: noResult,
    },
  },
  pushes: {
    opened: {
      summary: 'a group that you are in was made, or you were added to it',
      frame: openedPush,
    },
    members: { summary: 'who is in a group has changed, or as what', frame: membersPush },
    title: { summary: 'a group is called otherwise', frame: titlePush },
    conversation: {
      summary: 'you have muted, pinned or hidden a conversation on another device: what has changed',
      frame: conversationPush,
    },
  },
} satisfies Feature;

export type ConversationSummary = Sent<typeof conversationSummary>;
export type LastMessage = Sent<typeof lastMessage>;
export type ConversationsResult = Sent<typeof conversationsResult>;
export type OpenResult = Sent<typeof openResult>;
export type TitleResult = Sent<typeof titleResult>;
export type MembersResult = Sent<typeof membersResult>;

import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { mediaFacts } from '../media/table.ts';
import { profileFields } from '../profile/table.ts';
import { reaction } from '../reactions/reply-values.ts';
import { count, described, millis, push, type Sent, seconds } from '../reply-values.ts';
import { conversationId, frameId, seq, userId } from '../values.ts';
import {
  customContent,
  editFrame,
  historyFrame,
  mediaContent,
  recallFrame,
  searchFrame,
  sendFrame,
  textContent,
} from './frames.ts';

const people = z.array(userId).exactOptional();

/** Who is in a group has changed: a message like any other, which nobody can send and nobody counts. */
const membersEvent = z.strictObject({
  type: z.literal('event'),
  event: z.literal('members'),
  added: people,
  removed: people,
  left: people,
  roles: z.record(z.string(), z.enum(['owner', 'admin', 'member'])).exactOptional(),
  closed: z.literal(true).exactOptional(),
});

/** Likewise that a group is called otherwise: how is told by the push, and by the list for as long as it lasts. */
const titleEvent = z.strictObject({ type: z.literal('event'), event: z.literal('title') });

/** Its author, or who leads there, has taken it back: nothing is left of what it said. */
const recalledContent = z.strictObject({ type: z.literal('recalled') });

export const messageContent = z.discriminatedUnion('type', [
  textContent,
  z.strictObject({
    ...mediaContent.shape,
    voice: z.literal(true).describe('of `audio`: a note that somebody has spoken').optional(),
    media: mediaFacts,
  }),
  customContent,
  z.discriminatedUnion('event', [membersEvent, titleEvent]),
  recalledContent,
]);

export const messageBody = z.strictObject({
  conversationId,
  seq,
  id: frameId,
  from: userId,
  sentAt: millis,
  expiresAt: seconds,
  content: messageContent,
  replyTo: z.exactOptional(seq),
  mentions: z.array(userId).exactOptional(),
  mentionsAll: z.literal(true).describe('everybody who can read it').exactOptional(),
  rev: count.describe('number of the last change of this message').exactOptional(),
  editedAt: millis.exactOptional(),
  recalledAt: millis.exactOptional(),
  pinnedAt: millis.exactOptional(),
  forwarded: z
    .literal(true)
    .describe('taken from another message, of which nothing else is told')
    .exactOptional(),
  reactions: z
    .array(reaction)
    .describe('`own` in `history` alone: a push to many says the same to all')
    .exactOptional(),
});

const changedContent = messageContent
  .describe('what it says in place of what you wrote, where the review of the operator has changed it')
  .exactOptional();

const sendResult = z.strictObject({
  conversationId,
  seq,
  sentAt: millis,
  expiresAt: seconds,
  stored: z.boolean(),
  duplicate: z.literal(true).exactOptional(),
  flagged: z
    .literal(true)
    .describe('the text holds what looks like sensitive data, and the operator wants it flagged')
    .exactOptional(),
  media: mediaFacts.exactOptional(),
  content: changedContent,
});

const historyResult = z
  .strictObject({
    messages: z.array(messageBody),
    firstSeq: seq,
    lastSeq: count,
    next: count.exactOptional(),
    changes: z
      .array(z.strictObject({ rev: count, seq, kind: z.enum(['edit', 'recall', 'erase', 'react', 'pin']) }))
      .describe('with `changedAfter`: the last change of each message; one that is not in `messages` is gone')
      .exactOptional(),
    lastRev: count.describe('with `changedAfter`: the number of the last change there').exactOptional(),
    reload: z
      .literal(true)
      .describe('with `changedAfter`: too much has changed, or too long ago: read the messages again')
      .exactOptional(),
  })
  .describe(
    '`firstSeq` and `lastSeq` bound what can still be read; `firstSeq > lastSeq` when nothing can; with `changedAfter`, `next` is the next `changedAfter`, and with `pinned` the next `before`',
  );

const rev = count.describe('number of the change, counted in the conversation');
const editedAt = millis;
const recalledAt = millis;
const duplicate = z.literal(true).exactOptional();

const editResult = z.strictObject({
  ...{ conversationId, seq, rev, editedAt, duplicate },
  flagged: z.literal(true).exactOptional(),
  content: changedContent,
});
const recallResult = z.strictObject({ conversationId, seq, rev, recalledAt, duplicate });

const editedPush = push('edited', { conversationId, seq, rev, content: messageContent, editedAt });
const recalledPush = push('recalled', { conversationId, seq, rev, recalledAt });

const searchResult = z.strictObject({
  messages: z.array(messageBody).describe('those that have it, newest first'),
  next: described(
    count,
    'the `before` with which to look on; without it everything has been looked through',
  ).exactOptional(),
});

const messagePush = push('message', {
  message: messageBody,
  profile: profileFields
    .pick({ nickname: true, avatarUrl: true })
    .describe('where profiles are not stored: what the token of the sender says, on the push alone')
    .exactOptional(),
});

/** What is written in a conversation. */
export const messages = {
  actions: {
    send: { summary: 'sends a message; `id` is the idempotency key', frame: sendFrame, result: sendResult },
    history: {
      summary: 'reads a page of the messages of a conversation, `after` or `before` one of them',
      frame: historyFrame,
      result: historyResult,
    },
    edit: {
      summary: 'says a message of your own otherwise, for as long as the operator lets you',
      frame: editFrame,
      result: editResult,
    },
    recall: {
      summary: 'takes a message back: of your own for a while, of others where you lead',
      frame: recallFrame,
      result: recallResult,
    },
    search: {
      summary: 'looks for words in the messages of a conversation, back from the newest or from `before`',
      frame: searchFrame,
      result: searchResult,
    },
  },
  pushes: {
    message: { summary: 'somebody wrote, or you did on another device', frame: messagePush },
    edited: { summary: 'a message says something else now', frame: editedPush },
    recalled: { summary: 'a message was taken back', frame: recalledPush },
  },
} satisfies Feature;

export type MessageContent = Sent<typeof messageContent>;
export type MembersEvent = Sent<typeof membersEvent>;
/** What the service says of what somebody did. */
export type ChatEvent = MembersEvent | Sent<typeof titleEvent>;
/** What somebody writes. */
export type WrittenContent = Exclude<MessageContent, ChatEvent | { readonly type: 'recalled' }>;
export type MediaContent = Extract<WrittenContent, { readonly mediaId: string }>;
export type MessageBody = Sent<typeof messageBody>;
export type SendResult = Sent<typeof sendResult>;
export type EditResult = Sent<typeof editResult>;
export type RecallResult = Sent<typeof recallResult>;
export type SearchResult = Sent<typeof searchResult>;
export type HistoryResult = Sent<typeof historyResult>;

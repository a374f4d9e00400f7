import { memberOf } from '../conversations/authorize-member.ts';
import { engage } from '../conversations/engage.ts';
import { keepConversation } from '../conversations/keep-conversation.ts';
import { mayMentionAll } from '../conversations/may-mention-all.ts';
import { noteRecent } from '../listing/note-recent.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { SendResult } from '../protocol/messages/table.ts';
import { recipients, type Sender } from '../push/fan-out-message.ts';
import { hiddenFrom, without } from '../safety/hidden-from.ts';
import { type Conversation, isSenderOnHold } from '../stores/conversations/conversation.ts';
import { expiryOf } from '../stores/expiry/expiry.ts';
import type { SendRequest } from '../stores/messages/message.ts';
import { sendKeyOf } from '../stores/sends/send-key.ts';
import type { IdempotencyRecord } from '../stores/sends/send-store.ts';
import { appendMessage, type LogTail } from './append-message.ts';
import { followMembers } from './follow-members.ts';
import { hasValidReferences } from './has-valid-references.ts';
import { messageBuilder, type SendMessageDeps, sendResult } from './message-builder.ts';
import { noticeRetention } from './notice-retention.ts';
import { pushMessage } from './push-message.ts';
import { withPartner, withSockets } from './read-ahead.ts';
import { isStale, repeatSend } from './repeat-send.ts';
import { firstOf, scheduleEarlierExpiry, scheduleExpiry } from './schedule-expiry.ts';

/**
 * Claims the id, places the message, pushes it. Whoever gets the claim and finds no mark of the sender on the head, which
 * it reads meanwhile, is alone with this id; everybody else goes the careful way of `repeatSend`. A sender who is found to
 * have withdrawn leaves the claim, which is an id and goes by itself: to take it back could let a repeat double a message.
 */
export async function sendMessage(
  deps: SendMessageDeps,
  sender: Sender,
  asked: SendRequest,
): Promise<SendResult> {
  const claim = newIdempotencyRecord(deps, sender, asked);
  const [earlier, read, sockets] = await Promise.all([
    deps.sends.claim(claim),
    deps.conversations.read(asked.conversationId),
    deps.consented,
  ]);
  const { conversation, member } = memberOf(read, sender.userId);
  await noticeRetention(deps, conversation.head);
  if (earlier !== undefined) return repeatSend(deps, sender, asked, conversation, earlier);
  if (isRetried(conversation, claim, asked.id))
    return repeatSend(deps, sender, asked, conversation, claim, 'first');
  const members = followMembers(deps, conversation, sender.userId);
  if (!(await hasValidReferences(deps, conversation, asked, member))) throw new ProtocolError('NOT_FOUND');
  if (asked.mentionsAll && !mayMentionAll(conversation, sender.userId, deps.mentionAll))
    throw new ProtocolError('FORBIDDEN');
  const ahead = await withPartner(deps, conversation, sender.userId, sockets);
  const frame = deps.review === undefined ? asked : await deps.review(sender.userId, asked);
  const build = messageBuilder(deps, sender, frame, conversation.head, claim.claimedAt);
  const first = firstOf(build, conversation.head);
  const [settleRecent] = await Promise.all([
    noteRecent(deps, conversation, first.sentAt),
    scheduleExpiry(deps.conversations, conversation.head, build),
    engage(deps.conversations, conversation, member),
    keepConversation(deps.conversations, conversation, sender.userId, first),
  ]);
  const onEarlierEnd = scheduleEarlierExpiry(deps.conversations, conversation.head);
  const held = isSenderOnHold(conversation, sender.userId);
  const hiddenFor = hiddenFrom(conversation, sender.userId);
  const [appended, connections] = await Promise.all([
    appendMessage({ ...deps, held, hiddenFor, members }, tailOf(conversation), build, onEarlierEnd),
    recipients(
      { ...deps, connections: { ...deps.connections, ...withSockets(deps.connections, ahead) } },
      without(conversation, hiddenFor),
    ),
    settleRecent(),
  ]);
  if (appended.duplicate) return sendResult(appended);
  const now = members.now();
  const open = now === conversation ? connections : await recipients(deps, now);
  await pushMessage(deps, appended.message, open, sender);
  return sendResult(appended, asked);
}

function newIdempotencyRecord(
  deps: SendMessageDeps,
  { userId }: Sender,
  { conversationId, id }: SendRequest,
): IdempotencyRecord {
  const claimedAt = deps.now();
  return {
    ...sendKeyOf({ conversationId, id, from: userId }),
    claimedAt,
    // Not the conversation's own retention: that is read meanwhile.
    expiresAt: expiryOf(claimedAt, deps.retentionSeconds),
  };
}

/** By somebody who may have placed it already. What was marked long before the claim was made is about other sends. */
function isRetried({ head }: Conversation, { userId, claimedAt }: IdempotencyRecord, id: string): boolean {
  return head.retryMarks.some(
    (mark) => mark.userId === userId && (mark.id === undefined ? !isStale(mark, claimedAt) : mark.id === id),
  );
}

function tailOf({ head }: Conversation): LogTail {
  return { seq: head.lastSeq, sentAt: head.lastSentAt };
}

import { memberOf } from '../conversations/authorize-member.ts';
import { engage } from '../conversations/engage.ts';
import { keepConversation } from '../conversations/keep-conversation.ts';
import { noteRecent } from '../listing/note-recent.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { SendResult } from '../protocol/messages/table.ts';
import { recipients, type Sender } from '../push/fan-out-message.ts';
import { hiddenFrom, without } from '../safety/hidden-from.ts';
import { type Conversation, isSenderOnHold } from '../stores/conversations/conversation.ts';
import type { RetryMark } from '../stores/conversations/retry-mark.ts';
import { effectiveExpiry, expiryOf } from '../stores/expiry/expiry.ts';
import type { SendRequest } from '../stores/messages/message.ts';
import { sendKeyOf } from '../stores/sends/send-key.ts';
import { type IdempotencyRecord, recordEnd } from '../stores/sends/send-store.ts';
import { type EpochSeconds, epochSeconds } from '../time.ts';
import { type Appended, appendMessage, type LogTail } from './append-message.ts';
import { findEarlier } from './find-earlier.ts';
import { followMembers, readersOf } from './follow-members.ts';
import { hasValidReferences } from './has-valid-references.ts';
import { messageBuilder, retentionOf, type SendMessageDeps, sendResult } from './message-builder.ts';
import { pushMessage } from './push-message.ts';
import { withPartner, withSockets } from './read-ahead.ts';
import { firstOf, scheduleEarlierExpiry, scheduleExpiry } from './schedule-expiry.ts';

/** A first attempt that is alive has pushed by then: twice the function's timeout. */
const repeatPushSeconds = 20;
/** Longer than any invocation can last and clocks can differ, so that a mark outlives the attempt it warns. */
const markMillis = 15 * 60_000;

/** Of no use to an attempt that began then. */
export function isStale({ at }: RetryMark, then: number): boolean {
  return at < then - markMillis;
}

/** What became of it, and who is in the conversation at that number. */
type Outcome = readonly [Appended | SendResult, Conversation];

/**
 * Somebody has tried this id before: finds what became of it, or does it now in a way that no other attempt can double.
 * The first attempt, which has the claim and saw a mark, leaves none: there is nobody else that would have to be warned.
 */
export async function repeatSend(
  deps: SendMessageDeps,
  sender: Sender,
  asked: SendRequest,
  conversation: Conversation,
  claim: IdempotencyRecord,
  attempt: 'first' | 'repeat' = 'repeat',
): Promise<SendResult> {
  const { conversationId, id } = asked;
  const settled = settledResult(conversationId, claim);
  if (settled !== undefined) return settled;
  const send = { from: sender.userId, id, claimedAt: claim.claimedAt };
  const { found, tail } = await findEarlier(deps.messages, conversationId, send);
  if (found === undefined && (await isOver(deps, conversation, claim))) throw new ProtocolError('EXPIRED');
  // Before the mark: what is refused again and again leaves nothing on the head.
  const member = conversation.members.get(sender.userId);
  if (found === undefined && !(await hasValidReferences(deps, conversation, asked, member)))
    throw new ProtocolError('NOT_FOUND');
  const ahead = found === undefined ? await withPartner(deps, conversation, sender.userId) : undefined;
  // What is there was reviewed before: another verdict would come too late.
  const frame =
    found !== undefined || deps.review === undefined ? asked : await deps.review(sender.userId, asked);
  const [appended, now]: Outcome = found
    ? [{ message: found, duplicate: true }, conversation]
    : attempt === 'first'
      ? await appendAfter(deps, sender, frame, conversation, claim, tail)
      : await appendMarked(deps, sender, frame, conversation, claim);
  if (!('message' in appended)) return appended;
  const key = sendKeyOf({ conversationId, id, from: sender.userId });
  await deps.sends.recordResult(key, appended.message, recordEnd(claim));
  const connections = { ...deps.connections, ...withSockets(deps.connections, ahead) };
  await finishPush({ ...deps, connections }, now, appended, sender);
  return sendResult(appended, asked);
}

/**
 * Whether a message of the first attempt has ended by now: as it was stamped, by the retention of then, or by another one since. Then the sweeper may have deleted it, so that it is not known whether it ever
 * was; what is stored now would be a second one, or be over as it comes. Deleted it is a minute after its end at the earliest: who
 * finds none before has none.
 */
async function isOver(
  deps: Pick<SendMessageDeps, 'retention' | 'retentionSeconds' | 'now'>,
  { head }: Conversation,
  { claimedAt: sentAt, expiresAt: stamped }: IdempotencyRecord,
): Promise<boolean> {
  const own = expiryOf(sentAt, retentionOf(deps, head.retention));
  const expiresAt = Math.min(stamped, own) as EpochSeconds;
  return effectiveExpiry({ sentAt, expiresAt }, await deps.retention()) <= epochSeconds(deps.now());
}

function settledResult(
  conversationId: string,
  { seq, sentAt, expiresAt }: Partial<IdempotencyRecord> = {},
): SendResult | undefined {
  if (seq === undefined || sentAt === undefined || expiresAt === undefined) return undefined;
  return { conversationId, seq, sentAt, expiresAt, stored: true, duplicate: true };
}

/** With the mark on the head before the search, a first attempt that reads the head from now on is careful too. */
async function appendMarked(
  deps: SendMessageDeps,
  sender: Sender,
  frame: SendRequest,
  conversation: Conversation,
  claim: IdempotencyRecord,
): Promise<Outcome> {
  const { conversationId, id } = frame;
  const now = deps.now();
  const head = await deps.conversations.markRetry(conversationId, { at: now, userId: sender.userId });
  const stale = head.retryMarks.filter((mark) => isStale(mark, now));
  if (stale.length > 0) await deps.conversations.clearRetries(conversationId, stale);
  const send = { from: sender.userId, id, claimedAt: claim.claimedAt };
  const { found, tail } = await findEarlier(deps.messages, conversationId, send);
  if (found !== undefined) return [{ message: found, duplicate: true }, conversation];
  return appendAfter(deps, sender, frame, { ...conversation, head }, claim, tail);
}

/** What the search no longer finds because it was erased is settled: erasure does that first. */
async function appendAfter(
  deps: SendMessageDeps,
  sender: Sender,
  frame: SendRequest,
  read: Conversation,
  claim: IdempotencyRecord,
  tail: LogTail | undefined,
): Promise<Outcome> {
  const { conversationId } = frame;
  const erased = settledResult(conversationId, await deps.sends.claim(claim));
  if (erased !== undefined) return [erased, read];
  // Behind the tail that was found: who has come and gone up to there is in what is read now.
  const followed = followMembers(deps, await readAgain(deps, sender, read), sender.userId);
  const { head, members } = followed.now();
  // Not of what is read now: between the search and that read somebody else may have placed this very send.
  const known: LogTail = { seq: read.head.lastSeq, sentAt: read.head.lastSentAt };
  const newest = tail !== undefined && tail.seq > known.seq ? tail : known;
  const build = messageBuilder(deps, sender, frame, head, claim.claimedAt);
  const first = firstOf(build, head);
  const [settleRecent] = await Promise.all([
    noteRecent(deps, { head, members }, first.sentAt),
    scheduleExpiry(deps.conversations, head, build),
    engage(deps.conversations, { head }, members.get(sender.userId)),
    keepConversation(deps.conversations, { head, members }, sender.userId, first),
  ]);
  const held = isSenderOnHold({ head, members }, sender.userId);
  const hiddenFor = hiddenFrom({ head, members }, sender.userId);
  const onEarlierEnd = scheduleEarlierExpiry(deps.conversations, head);
  const [appended] = await Promise.all([
    appendMessage({ ...deps, held, hiddenFor, members: followed }, newest, build, onEarlierEnd),
    settleRecent(),
  ]);
  return [appended, followed.now()];
}

/** Of two people neither comes or goes. */
async function readAgain(
  { conversations }: Pick<SendMessageDeps, 'conversations'>,
  { userId }: Sender,
  read: Conversation,
): Promise<Conversation> {
  if (read.head.kind !== 'group') return read;
  return memberOf(await conversations.read(read.head.conversationId), userId).conversation;
}

/**
 * What was read before the message was found may be older than it: who was removed in front of it is a member there. Who has come
 * since may not read what was written before.
 */
async function readersNow(
  { conversations }: Pick<SendMessageDeps, 'conversations'>,
  read: Conversation,
  seq: number,
): Promise<Conversation> {
  const { conversationId, kind } = read.head;
  const now = kind === 'group' ? await conversations.read(conversationId) : read;
  return now === undefined ? { head: read.head, members: new Map() } : readersOf(now, seq);
}

/** Pushes what surely was not pushed at once, and what perhaps was not a little later, when its first sender is done. */
async function finishPush(
  deps: SendMessageDeps,
  conversation: Conversation,
  appended: Appended,
  sender: Sender,
): Promise<void> {
  const { conversationId, seq } = appended.message;
  if (appended.duplicate && conversation.head.lastSeq >= seq) {
    await deps.retries.add({ conversationId, seq }, repeatPushSeconds, conversationId);
    return;
  }
  const readers = appended.duplicate ? await readersNow(deps, conversation, seq) : conversation;
  const message = appended.duplicate
    ? await deps.messages.get(conversationId, seq, deps.retention, 'anyone')
    : appended.message;
  if (message === undefined) return;
  // As it was written, whoever has unblocked since.
  const hiddenFor = appended.duplicate ? appended.message.hiddenFor : hiddenFrom(conversation, sender.userId);
  await pushMessage(deps, message, await recipients(deps, without(readers, hiddenFor)), sender);
}

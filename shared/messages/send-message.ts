import type { Connection } from '../connections/connection.ts';
import { authorizeMember } from '../conversations/authorize-member.ts';
import type { Conversation, Head } from '../conversations/conversation.ts';
import type { ConversationStore } from '../conversations/conversation-store.ts';
import type { SendFrame } from '../protocol/client-frames.ts';
import type { SendResult } from '../protocol/server-frames.ts';
import type { EpochMillis } from '../time.ts';
import { arm, armBehind, type Build } from './arm-conversation.ts';
import { type DeliverMessageDeps, deliverMessage, recipients, type Sender } from './deliver-message.ts';
import { findEarlier } from './find-earlier.ts';
import { expiryOf, type Message, newMessage, type Placed } from './message.ts';
import type { MessageStore } from './message-store.ts';
import { type PlaceMessageDeps, type Placement, placeMessage, type Tail } from './place-message.ts';
import type { RetryQueue } from './retry-queue.ts';
import { type Claim, type SendStore, sendKey } from './send-store.ts';

export type SendMessageDeps = DeliverMessageDeps &
  PlaceMessageDeps & {
    readonly messages: MessageStore;
    readonly conversations: Pick<ConversationStore, 'read' | 'lift' | 'arm' | 'contest' | 'uncontest'>;
    readonly sends: SendStore;
    readonly retries: RetryQueue;
    readonly retentionSeconds: number;
  };

/** A first attempt that is alive has pushed by then: twice the function's timeout. */
const repeatPushSeconds = 20;
/** Longer than any invocation can last, so that a mark outlives the attempt it warns. */
const markMillis = 15 * 60_000;

/**
 * Claims the id, places the message, pushes it. Whoever gets the claim and finds no mark on the head, which it reads
 * meanwhile, is alone with this id; everybody else goes the careful way of `repeatSend`.
 */
export async function sendMessage(
  deps: SendMessageDeps,
  sender: Sender,
  frame: SendFrame,
): Promise<SendResult> {
  const claim = newClaim(deps, sender, frame);
  const [earlier, read] = await Promise.all([
    deps.sends.claim(claim),
    deps.conversations.read(frame.conversationId),
  ]);
  const { conversation } = authorizeMember(read, sender.userId);
  if (earlier !== undefined || isContested(conversation, sender.userId, frame.id)) {
    return repeatSend(deps, sender, frame, conversation, earlier ?? claim);
  }
  const build = builder(deps, sender, frame, conversation.head, claim.claimedAt);
  await arm(deps.conversations, conversation.head, build);
  const [placement, connections] = await Promise.all([
    placeMessage(deps, tailOf(conversation), build, armBehind(deps.conversations, conversation.head)),
    recipients(deps, conversation),
  ]);
  if (!placement.duplicate) await publish(deps, placement.message, connections, sender);
  return result(placement);
}

/** Somebody has tried this id before: finds what became of it, or does it now in a way that no other attempt can double. */
async function repeatSend(
  deps: SendMessageDeps,
  sender: Sender,
  frame: SendFrame,
  conversation: Conversation,
  claim: Claim,
): Promise<SendResult> {
  const { conversationId, id } = frame;
  const key = { userId: sender.userId, sendKey: sendKey(conversationId, id) };
  if (claim.seq !== undefined && claim.sentAt !== undefined) {
    return {
      conversationId,
      seq: claim.seq,
      sentAt: claim.sentAt,
      expiresAt: claim.expiresAt,
      stored: true,
      duplicate: true,
    };
  }
  const send = { from: sender.userId, id, claimedAt: claim.claimedAt };
  const { found } = await findEarlier(deps.messages, conversationId, send);
  const placement = found
    ? { message: found, duplicate: true }
    : await placeMarked(deps, sender, frame, claim);
  await deps.sends.settle(key, placement.message);
  await finishPush(deps, conversation, placement, sender);
  return result(placement);
}

/** With the mark on the head before the search, an attempt that reads the head from now on comes here too. */
async function placeMarked(
  deps: SendMessageDeps,
  sender: Sender,
  frame: SendFrame,
  claim: Claim,
): Promise<Placement> {
  const { conversationId, id } = frame;
  const now = deps.now();
  const head = await deps.conversations.contest(conversationId, `${now} ${sender.userId} ${id}`);
  const stale = [...head.contested].filter((mark) => Number(mark.split(' ')[0]) < now - markMillis);
  if (stale.length > 0) await deps.conversations.uncontest(conversationId, stale);
  const send = { from: sender.userId, id, claimedAt: claim.claimedAt };
  const { found, tail } = await findEarlier(deps.messages, conversationId, send);
  if (found !== undefined) return { message: found, duplicate: true };
  const known: Tail = { seq: head.lastSeq, sentAt: head.lastSentAt };
  const newest = tail !== undefined && tail.seq > known.seq ? tail : known;
  const build = builder(deps, sender, frame, head, claim.claimedAt);
  await arm(deps.conversations, head, build);
  return placeMessage(deps, newest, build, armBehind(deps.conversations, head));
}

/** Pushes what surely was not pushed at once, and what perhaps was not a little later, when its first sender is done. */
async function finishPush(
  deps: SendMessageDeps,
  conversation: Conversation,
  { message, duplicate }: Placement,
  sender: Sender,
): Promise<void> {
  if (duplicate && conversation.head.lastSeq >= message.seq) {
    await deps.retries.add({ conversationId: message.conversationId, seq: message.seq }, repeatPushSeconds);
    return;
  }
  await publish(deps, message, await recipients(deps, conversation), sender);
}

async function publish(
  deps: SendMessageDeps,
  message: Message,
  connections: readonly Connection[],
  sender: Sender,
): Promise<void> {
  const { conversationId, seq } = message;
  const [later] = await Promise.all([
    deliverMessage(deps, connections, message, sender),
    deps.conversations.lift(message),
  ]);
  if (later.length === 0) return;
  await deps.retries.add(
    { conversationId, seq, connectionIds: later.map(({ connectionId }) => connectionId) },
    2,
  );
}

function newClaim(deps: SendMessageDeps, { userId }: Sender, { conversationId, id }: SendFrame): Claim {
  const claimedAt = deps.now();
  return {
    userId,
    sendKey: sendKey(conversationId, id),
    claimedAt,
    expiresAt: expiryOf(claimedAt, deps.retentionSeconds),
  };
}

function builder(
  deps: SendMessageDeps,
  { userId }: Sender,
  frame: SendFrame,
  head: Head,
  claimedAt: EpochMillis,
): Build {
  const retention = Math.min(deps.retentionSeconds, head.retention ?? deps.retentionSeconds);
  return (seq, notBefore) => {
    const sentAt = Math.max(claimedAt, notBefore) as EpochMillis;
    const placed: Placed = { seq, sentAt, expiresAt: expiryOf(sentAt, retention) };
    return newMessage(userId, frame, placed);
  };
}

function isContested({ head }: Conversation, userId: string, id: string): boolean {
  return [...head.contested].some((mark) => mark.endsWith(` ${userId} ${id}`));
}

function tailOf({ head }: Conversation): Tail {
  return { seq: head.lastSeq, sentAt: head.lastSentAt };
}

function result({ message, duplicate }: Placement): SendResult {
  const { conversationId, seq, sentAt, expiresAt } = message;
  return {
    conversationId,
    seq,
    sentAt,
    expiresAt,
    stored: true,
    ...(duplicate && { duplicate: true as const }),
  };
}

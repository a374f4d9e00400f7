import { retentionOf, sendResult } from '../messages/message-builder.ts';
import { sendMillis } from '../messages/room-numbers.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { SendResult } from '../protocol/messages/table.ts';
import type { Head } from '../stores/conversations/conversation.ts';
import { effectiveExpiry, expiryOf, type Placed } from '../stores/expiry/expiry.ts';
import { newMessage, type SendRequest } from '../stores/messages/message.ts';
import { neverStored } from '../stores/messages/room-log-store.ts';
import { type IdempotencyRecord, recordEnd } from '../stores/sends/send-store.ts';
import { type EpochSeconds, epochSeconds } from '../time.ts';
import { findByTime } from './find-by-time.ts';
import { closeNumber, type SendToRoomDeps, store, takeNumber, tellParts } from './place-in-room.ts';
import { authorizeWatcher } from './watching.ts';

/**
 * Somebody has tried this id before: finds what became of it. While the first attempt may still be at work and has stored nothing,
 * it is too early to say. Afterwards a number is noted before the message is stored under it, so that every later repeat looks
 * there, and closes that number before it notes another.
 */
export async function repeatInRoom(
  deps: SendToRoomDeps,
  userId: string,
  frame: SendRequest,
  record: IdempotencyRecord,
  head: Head,
): Promise<SendResult> {
  const placed = placedIn(record);
  const settled =
    placed === undefined
      ? await findFirst(deps, userId, frame, record, head)
      : await findNoted(deps, userId, frame, placed);
  if (settled !== undefined) {
    // Its first attempt may have ended before it told anybody.
    await tellParts(deps, head);
    const { conversationId } = frame;
    const { seq, sentAt, expiresAt } = settled;
    return { conversationId, seq, sentAt, expiresAt, stored: true, duplicate: true };
  }
  return placeAnew(deps, userId, frame, record);
}

async function findFirst(
  deps: SendToRoomDeps,
  from: string,
  { conversationId, id }: SendRequest,
  record: IdempotencyRecord,
  head: Head,
): Promise<Placed | undefined> {
  const { claimedAt } = record;
  const found = await findByTime(deps.messages, { conversationId, id, from, claimedAt }, head.lastSeq);
  if (found !== undefined) return found;
  const own = expiryOf(claimedAt, retentionOf(deps, head.retention));
  const stamped = { sentAt: claimedAt, expiresAt: Math.min(record.expiresAt, own) as EpochSeconds };
  // Then the sweeper may have deleted it, and nobody knows whether it ever was.
  if (effectiveExpiry(stamped, await deps.retention()) <= epochSeconds(deps.now()))
    throw new ProtocolError('EXPIRED');
  if (deps.now() - claimedAt < sendMillis) throw new ProtocolError('CONFLICT');
  return undefined;
}

/** What was erased has left its number, which is nobody's; nothing has ever stood under one that was closed. */
async function findNoted(
  deps: SendToRoomDeps,
  from: string,
  { conversationId }: SendRequest,
  placed: Placed,
): Promise<Placed | undefined> {
  const { seq, expiresAt } = placed;
  if (expiresAt <= epochSeconds(deps.now())) return placed;
  const lookAt = { after: seq - 1, before: seq + 1, limit: 1 };
  const there = (await deps.messages.headers(conversationId, lookAt)).headers[0];
  if (there === undefined) {
    if (await closeNumber(deps, { conversationId }, placed)) return undefined;
    throw new ProtocolError('CONFLICT');
  }
  return there.from !== from && there.tombstonedAt === neverStored ? undefined : placed;
}

async function placeAnew(
  deps: SendToRoomDeps,
  userId: string,
  asked: SendRequest,
  record: IdempotencyRecord,
): Promise<SendResult> {
  const watch = await authorizeWatcher(deps.watches, asked.conversationId, userId);
  const frame = deps.review === undefined ? asked : await deps.review(userId, asked);
  const taken = await takeNumber(deps, frame, watch.retention, deps.now());
  if (taken === undefined) throw new ProtocolError('NOT_FOUND');
  if (!(await deps.sends.notePlace(record, taken, recordEnd(record), record.seq))) {
    await closeNumber(deps, frame, taken);
    throw new ProtocolError('CONFLICT');
  }
  const message = newMessage(userId, frame, taken);
  await store(deps, taken.head, message, watch);
  await tellParts(deps, taken.head);
  return sendResult({ message, duplicate: false }, asked);
}

function placedIn({ seq, sentAt, expiresAt }: IdempotencyRecord): Placed | undefined {
  return seq === undefined || sentAt === undefined ? undefined : { seq, sentAt, expiresAt };
}

import { sendResult } from '../messages/message-builder.ts';
import { noticeRetention } from '../messages/notice-retention.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { SendResult } from '../protocol/messages/table.ts';
import type { Sender } from '../push/fan-out-message.ts';
import type { Review } from '../review/review.ts';
import { expiryOf } from '../stores/expiry/expiry.ts';
import { newMessage, type SendRequest } from '../stores/messages/message.ts';
import { sendKeyOf } from '../stores/sends/send-key.ts';
import type { IdempotencyRecord } from '../stores/sends/send-store.ts';
import { closeNumber, type SendToRoomDeps, store, takeNumber, tellParts } from './place-in-room.ts';
import { repeatInRoom } from './repeat-in-room.ts';
import { authorizeWatcher } from './watching.ts';

/**
 * Claims the id and takes a number at the same time, stores the message, and has each part of the room told: the ack waits for no
 * connection. A number that is taken in vain is closed at once, since what stands behind it waits for it. Everybody who watches gets all
 * there is: nobody calls them all.
 */
export async function sendToRoom(
  deps: SendToRoomDeps,
  { userId }: Sender,
  asked: SendRequest,
): Promise<SendResult> {
  const { conversationId, id } = asked;
  const key = `${userId} ${conversationId}`;
  const known = deps.writers.get(key);
  deps.writers.delete(key);
  const finding = authorizeWatcher(deps.watches, conversationId, userId);
  if (known === undefined) await both(deps.consented, finding);
  if (asked.mentionsAll === true) {
    await both(deps.consented, finding);
    throw new ProtocolError('FORBIDDEN');
  }
  const { retention } = known ?? (await finding);
  const claimedAt = deps.now();
  const claim: IdempotencyRecord = {
    ...sendKeyOf({ conversationId, id, from: userId }),
    claimedAt,
    expiresAt: expiryOf(claimedAt, deps.retentionSeconds),
  };
  // Before a number is taken: everybody would wait for what stands under it.
  const first = deps.review && (await reviewFirst(deps, deps.review, finding, claim, asked));
  const frame = first?.frame ?? asked;
  const taking = takeNumber(deps, frame, retention, claimedAt);
  const [earlier, watch, taken] = await Promise.all([
    first ? first.earlier : deps.sends.claim(claim),
    finding,
    taking,
    deps.consented,
  ]).catch(async (error: unknown) => {
    const taken = await taking.catch(() => undefined);
    if (taken !== undefined) await closeNumber(deps, frame, taken);
    throw error;
  });
  if (taken === undefined) throw new ProtocolError('NOT_FOUND');
  if (earlier !== undefined) {
    await closeNumber(deps, frame, taken);
    return repeatInRoom(deps, userId, frame, earlier, taken.head);
  }
  const { head } = taken;
  if (frame.replyTo !== undefined && frame.replyTo > head.lastSeq) {
    await closeNumber(deps, frame, taken);
    throw new ProtocolError('NOT_FOUND');
  }
  await noticeRetention(deps, head);
  const message = newMessage(userId, frame, taken);
  await store(deps, head, message, watch);
  await tellParts(deps, head);
  deps.writers.set(key, watch);
  return sendResult({ message, duplicate: false }, asked);
}

/** Claimed first, so that a repeat of what may be there is not reviewed again. */
async function reviewFirst(
  { consented, sends }: Pick<SendToRoomDeps, 'consented' | 'sends'>,
  review: Review,
  finding: Promise<unknown>,
  claim: IdempotencyRecord,
  asked: SendRequest,
): Promise<{ readonly earlier: IdempotencyRecord | undefined; readonly frame: SendRequest }> {
  await both(consented, finding);
  const earlier = await sends.claim(claim);
  return { earlier, frame: earlier === undefined ? await review(claim.userId, asked) : asked };
}

/** A refusal for want of consent goes first. */
async function both(consented: Promise<unknown>, finding: Promise<unknown>): Promise<void> {
  finding.catch(() => undefined);
  await consented;
  await finding;
}

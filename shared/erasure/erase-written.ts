import type { PushErased } from '../push/push-erased.ts';
import type { RemoveMedia } from '../stores/media/remove-media.ts';
import type { MessageErasureStore, Written, WrittenRange } from '../stores/messages/message-erasure-store.ts';
import type { Tally } from '../stores/privacy/erasure-request.ts';
import { type Holds, isOnHold } from '../stores/privacy/holds.ts';
import { type SendStore, sendKey } from '../stores/sends/send-store.ts';
import type { Clock } from '../time.ts';
import { emptyTally } from './eraser.ts';

export type EraseWrittenDeps = {
  readonly messages: MessageErasureStore;
  readonly sends: Pick<SendStore, 'settle'>;
  readonly removeMedia: RemoveMedia;
  readonly tell: PushErased;
  readonly now: Clock;
};

/** Writes that run at once. */
const atOnce = 25;

/** A page of what somebody wrote in a conversation; `last` is the number it came to when there is more. */
export async function eraseWritten(
  deps: EraseWrittenDeps,
  range: WrittenRange,
  holds: Holds,
): Promise<Tally & { readonly media: Tally; readonly last?: number }> {
  const { messages, last } = await deps.messages.written(range);
  const more = last !== undefined && { last };
  if (isOnHold(holds, range.userId, range.conversationId)) {
    const media = { deleted: 0, found: withMedia(messages), held: withMedia(messages) };
    return { deleted: 0, found: messages.length, held: messages.length, media, ...more };
  }
  if (messages.length === 0) return { ...emptyTally, media: emptyTally, ...more };
  let deleted = 0;
  const media = { deleted: withMedia(messages), found: 0, held: 0 };
  for (let from = 0; from < messages.length; from += atOnce) {
    const outcomes = await Promise.all(messages.slice(from, from + atOnce).map(eraseOne));
    deleted += outcomes.filter(Boolean).length;
  }
  const again = await deps.messages.written({ ...range, to: last ?? range.to });
  const left = { ...media, found: withMedia(again.messages) };
  await deps.tell(
    range.conversationId,
    messages.map(({ seq }) => seq),
  );
  return { deleted, found: again.messages.length, held: 0, media: left, ...more };

  /**
   * Settled first: whoever repeats the send is told what became of it, and does not bring the message back. Then the
   * media, to which the message leads.
   */
  async function eraseOne(message: Written): Promise<boolean> {
    const { conversationId, id, from, mediaId } = message;
    await deps.sends.settle({ userId: from, sendKey: sendKey(conversationId, id) }, message);
    if (mediaId !== undefined) await deps.removeMedia({ conversationId, mediaId });
    return deps.messages.blank(message, deps.now());
  }
}

function withMedia(messages: readonly Written[]): number {
  return messages.filter(({ mediaId }) => mediaId !== undefined).length;
}

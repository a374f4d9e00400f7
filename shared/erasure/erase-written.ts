import type { NoteErased } from '../messages/note-erased.ts';
import type { PushErased } from '../push/push-erased.ts';
import type { MediaObjectStore } from '../stores/media/media-object-store.ts';
import type { MediaFate, RemoveMedia } from '../stores/media/remove-media.ts';
import type { MessageHeader } from '../stores/messages/message-header.ts';
import type { Authored, MessageStore } from '../stores/messages/message-store.ts';
import type { VersionStore } from '../stores/messages/version-store.ts';
import type { Tally } from '../stores/privacy/erasure-request.ts';
import { type Holds, isOnHold } from '../stores/privacy/holds.ts';
import { sendKeyOf } from '../stores/sends/send-key.ts';
import type { SendStore } from '../stores/sends/send-store.ts';
import type { Clock, EpochMillis } from '../time.ts';
import { emptyTally } from './eraser.ts';

export type EraseWrittenDeps = {
  readonly messages: Pick<MessageStore, 'headers' | 'tombstone'>;
  readonly sends: Pick<SendStore, 'recordResult'>;
  readonly removeMedia: RemoveMedia;
  readonly objects: Pick<MediaObjectStore, 'count'>;
  readonly versions: VersionStore;
  readonly note: NoteErased;
  readonly tell: PushErased;
  readonly now: Clock;
};

/** Whose messages, of which conversation, up to when; both bounds of the numbers inclusive. */
export type WrittenRange = {
  readonly userId: string;
  readonly conversationId: string;
  readonly writtenBy: EpochMillis;
  readonly from: number;
  readonly to: number;
};

/** Writes that run at once. */
const atOnce = 25;

/** A page of what somebody wrote in a conversation; `last` is the number it came to when there is more. */
export async function eraseWritten(
  deps: EraseWrittenDeps,
  range: WrittenRange,
  holds: Holds,
): Promise<Tally & { readonly media: Tally; readonly last?: number }> {
  const { messages, last } = await written(deps.messages, range);
  const more = last !== undefined && { last };
  const again = async () => (await written(deps.messages, { ...range, to: last ?? range.to })).messages;
  return { ...(await eraseAuthored(deps, range, messages, again, holds)), ...more };
}

/** What was found of somebody in a conversation; `again` looks for it once more. */
export async function eraseAuthored(
  deps: EraseWrittenDeps,
  { userId, conversationId }: Pick<WrittenRange, 'userId' | 'conversationId'>,
  messages: readonly Authored[],
  again: () => Promise<readonly Authored[]>,
  holds: Holds,
): Promise<Tally & { readonly media: Tally }> {
  if (isOnHold(holds, userId, conversationId)) {
    const media = { deleted: 0, found: withMedia(messages), held: withMedia(messages) };
    return { deleted: 0, found: messages.length, held: messages.length, media };
  }
  if (messages.length === 0) return { ...emptyTally, media: emptyTally };
  const seqs = messages.map(({ seq }) => seq);
  // Before they go: whoever is away learns of it also where this dies behind it.
  const noted = await deps.note(conversationId, seqs);
  let [deleted, kept] = [0, 0];
  for (let from = 0; from < messages.length; from += atOnce) {
    const outcomes = await Promise.all(messages.slice(from, from + atOnce).map(eraseOne));
    deleted += outcomes.filter((outcome) => outcome.deleted).length;
    kept += outcomes.filter((outcome) => outcome.media === 'kept').length;
  }
  const left = await again();
  const media = {
    deleted: withMedia(messages) - kept,
    found: await countLeft(deps, messages),
    // Shown to nobody: the hold is on somebody who has forwarded it.
    held: kept,
  };
  await deps.tell(conversationId, seqs, noted);
  return { deleted, found: left.length, held: 0, media };

  /**
   * Settled first: whoever repeats the send is told what became of it, and does not bring the message back. Then the
   * media, to which the message leads.
   */
  async function eraseOne(
    message: Authored,
  ): Promise<{ readonly deleted: boolean; readonly media?: MediaFate }> {
    const { mediaId, seq, hasVersions } = message;
    await deps.sends.recordResult(sendKeyOf(message), message);
    if (hasVersions === true) await deps.versions.removeVersions({ conversationId, seq });
    const media = mediaId === undefined ? undefined : await deps.removeMedia({ conversationId, mediaId });
    const isDeleted = await deps.messages.tombstone(message, deps.now());
    return { deleted: isDeleted, ...(media !== undefined && { media }) };
  }
}

async function written(
  messages: Pick<MessageStore, 'headers'>,
  { userId, conversationId, writtenBy, from, to }: WrittenRange,
): Promise<{ readonly messages: readonly Authored[]; readonly last?: number }> {
  const { headers, more } = await messages.headers(conversationId, { after: from - 1, before: to + 1 });
  const isMeant = (header: MessageHeader): header is Authored =>
    header.from === userId && header.sentAt <= writtenBy;
  const last = more ? headers.at(-1)?.seq : undefined;
  return { messages: headers.filter(isMeant), ...(last !== undefined && { last }) };
}

/** By the objects, of which the rows that led to them say nothing. */
async function countLeft({ objects }: EraseWrittenDeps, messages: readonly Authored[]): Promise<number> {
  const keys = messages.flatMap(({ conversationId, mediaId }) =>
    mediaId === undefined ? [] : [{ conversationId, mediaId }],
  );
  let left = 0;
  for (let from = 0; from < keys.length; from += atOnce) {
    const counts = await Promise.all(keys.slice(from, from + atOnce).map(async (key) => objects.count(key)));
    left += counts.filter((count) => count > 0).length;
  }
  return left;
}

function withMedia(messages: readonly MessageHeader[]): number {
  return messages.filter(({ mediaId }) => mediaId !== undefined).length;
}

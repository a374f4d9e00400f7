import { mayTakeAway } from '../conversations/may-take-away.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { RecallFrame } from '../protocol/messages/frames.ts';
import type { RecallResult } from '../protocol/messages/table.ts';
import { cancelledSweepAt, type MediaKey, type MediaRecord } from '../stores/media/media-record.ts';
import type { MediaStore } from '../stores/media/media-store.ts';
import type { RemoveMedia } from '../stores/media/remove-media.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import { type EpochMillis, type EpochSeconds, epochSeconds } from '../time.ts';
import type { TellChanged } from './announce-changed.ts';
import { type ChangeMessageDeps, type Changing, changeMessage } from './change-message.ts';
import { isWithin } from './edit-message.ts';

export type RecallMessageDeps = ChangeMessageDeps & {
  /** For how long after it was sent its author may; 0: not at all. */
  readonly recallSeconds: number;
  readonly holds: Pick<HoldStore, 'among'>;
  readonly media: Pick<MediaStore, 'get'>;
  readonly removeMedia: RemoveMedia;
  readonly tell: TellChanged;
};

/**
 * Takes a message back: one's own for a while, that of others by whoever leads there, at any time. Its number, its author and its times
 * stay. What a hold keeps of it is shown to nobody; media that none keeps goes at once, and by the sweeper of uploads where this dies.
 * @throws ProtocolError FORBIDDEN for what stays; WINDOW_CLOSED; see `changeMessage`.
 */
export async function recallMessage(
  deps: RecallMessageDeps,
  userId: string,
  { id, conversationId, seq }: Omit<RecallFrame, 'action'>,
): Promise<RecallResult> {
  let lost: MediaKey | undefined;
  const changed = await changeMessage(
    deps,
    userId,
    'recall',
    { id, conversationId, seq },
    async (changing) => {
      const { header, message, rev, at } = changing;
      const standing = authorize(deps.recallSeconds, userId, changing);
      const { from, content, mentions } = message;
      const { mediaId } = header;
      const holds = await deps.holds.among({ users: [from], conversations: [conversationId] });
      const isHeld = isOnHold(holds, from, conversationId);
      const record = mediaId === undefined ? undefined : await deps.media.get(mediaId);
      lost = mediaId === undefined || isHeld ? undefined : { conversationId, mediaId };
      const sweepAt = isHeld || record === undefined ? undefined : sweepAtOf(record, at);
      return {
        set: {
          // The row goes on leading to the media that a hold keeps.
          content: { type: 'recalled', ...(isHeld && mediaId !== undefined && { mediaId }) },
          recalledAt: at,
          ...(isHeld && { hasVersions: true }),
        },
        remove: ['mentions', 'mentionsAll', 'replyTo', 'editedAt', 'reactions', 'pinnedAt', 'forwarded'],
        ...(isHeld && {
          version: {
            ...{ conversationId, seq, rev, by: from, content, replacedAt: at },
            ...(mentions !== undefined && { mentions }),
          },
        }),
        ...(mediaId !== undefined && sweepAt !== undefined && { losing: { mediaId, sweepAt } }),
        // No forward goes on showing what a hold keeps.
        ...(isHeld && record !== undefined && { withdrawing: record.mediaId }),
        ...(standing !== undefined && { standing }),
      };
    },
  );
  if (lost !== undefined) await deps.removeMedia(lost);
  await deps.tell(changed.conversation, seq);
  const { rev, at: recalledAt, isRepeat } = changed;
  return { conversationId, seq, rev, recalledAt, ...(isRepeat && { duplicate: true as const }) };
}

/** The sweeper of uploads looks then, where this dies before the media is gone. */
function sweepAtOf(record: MediaRecord, at: EpochMillis): EpochSeconds {
  return record.seq === undefined ? cancelledSweepAt(record, at) : epochSeconds(at);
}

/** Of somebody else's message: by what one may. */
function authorize(recallSeconds: number, userId: string, { message, conversation, at }: Changing) {
  if (message.content.type === 'event') throw new ProtocolError('FORBIDDEN');
  if (message.from === userId && isWithin(message, recallSeconds, at)) return undefined;
  // Who leads a group takes back what they have written themselves as late as that of others.
  if (mayTakeAway(conversation, userId, message)) {
    const { conversationId, revision } = conversation.head;
    return { conversationId, revision };
  }
  throw new ProtocolError(message.from === userId ? 'WINDOW_CLOSED' : 'FORBIDDEN');
}

import { attachMedia } from '../../media/attach-media.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { isMediaContent } from '../../protocol/messages/media-content.ts';
import type { Review } from '../../review/review.ts';
import { sendToRoom } from '../../rooms/send-to-room.ts';
import { authorizeWatcher } from '../../rooms/watching.ts';
import { recent } from '../../runtime/recent.ts';
import type { Watch } from '../../stores/live/watch.ts';
import type { WatchStore } from '../../stores/live/watch-store.ts';
import { compose, type Part } from '../compose.ts';
import { processor, roomJobs } from '../gateways.ts';
import { messageRetention } from '../retention.ts';
import { review } from '../review.ts';
import { now, retentionSeconds } from '../settings.ts';
import { conversations, roomLog, roomSends, rooms, sends, watches, writtenMessages } from '../stores.ts';
import { forwards } from './forwarding.ts';
import { type Send, type SendProcessed, shownOf } from './send.ts';

/** In a room: the message is numbered by a counter and stored, and a queue has everybody told. */
export function room(): Send {
  const deps = compose({ processor, forward: forwards, watches, review });
  const place = roomProcessed(watches, deps.review);
  return async (sender, frame, consented) => {
    if (isMediaContent(frame.content)) await consented;
    // Nothing is written for who may not write there.
    if (frame.origin !== undefined) await authorizeWatcher(deps.watches, frame.conversationId, sender.userId);
    const request = await attachMedia(deps, sender.userId, frame);
    const result = await place(sender, request, consented);
    return { ...result, ...shownOf(request) };
  };
}

/** `writers` says who may write there: whoever watches the room, or more. */
export function roomProcessed(writers: Part<Pick<WatchStore, 'find'>>, reviewed?: Review): SendProcessed {
  const parts = compose({
    conversations,
    rooms,
    watches: writers,
    messages: writtenMessages,
    log: roomLog,
    claims: sends,
    places: roomSends,
    jobs: roomJobs,
    retentionSeconds,
    retention: messageRetention,
    now,
  });
  const deps = {
    ...parts,
    sends: { ...parts.claims, ...parts.places },
    writers: recent<Watch>(parts.now),
    review: reviewed,
  };
  return async (sender, request, consented) => sendToRoom({ ...deps, consented }, sender, request);
}

/** Where messages are not stored there is none. */
export const noRoom: Send<unknown> = async (_sender, _message, consented) => {
  await consented;
  throw new ProtocolError('NOT_FOUND');
};

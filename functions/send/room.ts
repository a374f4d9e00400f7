import { compose } from '../../shared/composition/compose.ts';
import { processor, roomJobs } from '../../shared/composition/gateways.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { now, retentionSeconds } from '../../shared/composition/settings.ts';
import {
  conversations,
  roomLog,
  roomSends,
  rooms,
  sends,
  watches,
  writtenMessages,
} from '../../shared/composition/stores.ts';
import { attachMedia } from '../../shared/media/attach-media.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { isMediaContent } from '../../shared/protocol/messages/media-content.ts';
import { sendToRoom } from '../../shared/rooms/send-to-room.ts';
import { recent } from '../../shared/runtime/recent.ts';
import type { Watch } from '../../shared/stores/live/watch.ts';
import type { Send } from './send.ts';

/** In a room: the message is numbered by a counter and stored, and a queue has everybody told. */
export function room(): Send {
  const parts = compose({
    conversations,
    rooms,
    watches,
    messages: writtenMessages,
    log: roomLog,
    claims: sends,
    places: roomSends,
    jobs: roomJobs,
    processor,
    retentionSeconds,
    retention: messageRetention,
    now,
  });
  const deps = { ...parts, sends: { ...parts.claims, ...parts.places }, writers: recent<Watch>(parts.now) };
  return async (sender, frame, consented) => {
    if (isMediaContent(frame.content)) await consented;
    const request = await attachMedia(deps.processor, sender.userId, frame);
    const result = await sendToRoom({ ...deps, consented }, sender, request);
    return isMediaContent(request.content) ? { ...result, media: request.content.media } : result;
  };
}

/** Where messages are not stored there is none. */
export const noRoom: Send = async (_sender, _frame, consented) => {
  await consented;
  throw new ProtocolError('NOT_FOUND');
};

import type { FindMedia } from '../media/give-download.ts';
import type { HandoverStore } from '../stores/handovers/handover-store.ts';
import { type Clock, epochSeconds } from '../time.ts';

/** Where messages are not stored: what is being handed over at this instant. */
export function handedOverMedia(handovers: Pick<HandoverStore, 'get'>, now: Clock): FindMedia {
  return async (conversationId, seq) => {
    const handover = await handovers.get({ conversationId, seq });
    if (handover === undefined || handover.until <= epochSeconds(now())) return undefined;
    const { mediaId, variants, until } = handover;
    return { mediaId, variants, end: until };
  };
}

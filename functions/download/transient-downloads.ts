import { compose, merged } from '../../shared/composition/compose.ts';
import { downloadUrls } from '../../shared/composition/gateways.ts';
import { now } from '../../shared/composition/settings.ts';
import { conversationRows, formerMembers, handovers, removeMedia } from '../../shared/composition/stores.ts';
import type { HandoverKey, Recipient } from '../../shared/stores/handovers/handover.ts';
import { handedOverMedia } from '../../shared/transient/handed-over-media.ts';
import { noteReceived } from '../../shared/transient/note-received.ts';

/** What passes through ends once everybody has received it. */
export function transientDownloads() {
  const deps = compose({
    conversations: merged(conversationRows, formerMembers),
    handovers,
    removeMedia,
    urls: downloadUrls,
    now,
  });
  return {
    ...deps,
    findMedia: handedOverMedia(deps.handovers, deps.now),
    noteReceived: async (recipient: Recipient, key: HandoverKey) => noteReceived(deps, recipient, key),
  };
}

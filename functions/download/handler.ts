import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { giveDownload } from '../../shared/media/give-download.ts';
import { storedMedia } from '../../shared/media/stored-media.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { downloadFrame } from '../../shared/protocol/media/frames.ts';
import { documentClient, objectClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import type { HandoverKey, Recipient } from '../../shared/stores/handovers/handover.ts';
import { handoverStore } from '../../shared/stores/handovers/handover-store.ts';
import { mediaObjectStore } from '../../shared/stores/media/media-object-store.ts';
import { mediaStore } from '../../shared/stores/media/media-store.ts';
import { mediaUrls } from '../../shared/stores/media/media-url-gateway.ts';
import { removeMedia } from '../../shared/stores/media/remove-media.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { systemClock } from '../../shared/time.ts';
import { handedOverMedia } from '../../shared/transient/handed-over-media.ts';
import { noteReceived } from '../../shared/transient/note-received.ts';

const env = readEnvironment(
  'policyVersion',
  'policyDigest',
  'messagesStored',
  'messageRetentionSeconds',
  'handoverSeconds',
);
const policy = { version: env.policyVersion, digest: env.policyDigest };
const db = documentClient();
const objects = objectClient();
const media = env.messagesStored ? storing() : env.handoverSeconds > 0 ? handingOver() : undefined;

export const handler = frameHandler(
  { schema: downloadFrame, policy, needsConsent: true },
  async (frame, { identity: { userId }, connectionId }) => {
    if (media === undefined) throw new ProtocolError('NOT_STORED');
    if (frame.received === undefined) return giveDownload(media, userId, frame);
    await media.noteReceived({ userId, connectionId }, frame);
    return {};
  },
);

function storing() {
  const { messageTable } = readEnvironment('messageTable');
  const findMedia = storedMedia(messageStore(db, messageTable), env.messageRetentionSeconds, systemClock);
  // What is stored ends with its message, whoever has it.
  return { ...downloads(), findMedia, noteReceived: async () => {} };
}

function handingOver() {
  const { handoverTable, mediaTable, mediaBucket } = readEnvironment(
    'handoverTable',
    'mediaTable',
    'mediaBucket',
  );
  const handovers = handoverStore(db, handoverTable);
  const deps = {
    handovers,
    removeMedia: removeMedia({
      objects: mediaObjectStore(objects, mediaBucket),
      media: mediaStore(db, mediaTable),
    }),
  };
  return {
    ...downloads(),
    findMedia: handedOverMedia(handovers, systemClock),
    noteReceived: async (recipient: Recipient, key: HandoverKey) => noteReceived(deps, recipient, key),
  };
}

function downloads() {
  const { conversationTable, mediaBucket } = readEnvironment('conversationTable', 'mediaBucket');
  return {
    conversations: conversationStore(db, conversationTable),
    urls: mediaUrls(objects, mediaBucket),
    now: systemClock,
  };
}

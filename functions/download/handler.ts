import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { giveDownload } from '../../shared/media/give-download.ts';
import { storedMedia } from '../../shared/media/stored-media.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { downloadFrame } from '../../shared/protocol/media/frames.ts';
import { documentClient, objectClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
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

const env = readEnv(
  'POLICY_VERSION',
  'POLICY_DIGEST',
  'MESSAGES_STORED',
  'MESSAGE_RETENTION_SECONDS',
  'HANDOVER_SECONDS',
);
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const db = documentClient();
const objects = objectClient();
const media = env.MESSAGES_STORED ? storing() : env.HANDOVER_SECONDS > 0 ? handingOver() : undefined;

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
  const { MESSAGE_TABLE } = readEnv('MESSAGE_TABLE');
  const findMedia = storedMedia(messageStore(db, MESSAGE_TABLE), env.MESSAGE_RETENTION_SECONDS, systemClock);
  // What is stored ends with its message, whoever has it.
  return { ...downloads(), findMedia, noteReceived: async () => {} };
}

function handingOver() {
  const { HANDOVER_TABLE, MEDIA_TABLE, MEDIA_BUCKET } = readEnv(
    'HANDOVER_TABLE',
    'MEDIA_TABLE',
    'MEDIA_BUCKET',
  );
  const handovers = handoverStore(db, HANDOVER_TABLE);
  const deps = {
    handovers,
    removeMedia: removeMedia({
      objects: mediaObjectStore(objects, MEDIA_BUCKET),
      media: mediaStore(db, MEDIA_TABLE),
    }),
  };
  return {
    ...downloads(),
    findMedia: handedOverMedia(handovers, systemClock),
    noteReceived: async (recipient: Recipient, key: HandoverKey) => noteReceived(deps, recipient, key),
  };
}

function downloads() {
  const { CONVERSATION_TABLE, MEDIA_BUCKET } = readEnv('CONVERSATION_TABLE', 'MEDIA_BUCKET');
  return {
    conversations: conversationStore(db, CONVERSATION_TABLE),
    urls: mediaUrls(objects, MEDIA_BUCKET),
    now: systemClock,
  };
}

import { randomBytes } from 'node:crypto';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { beginUpload } from '../../shared/media/begin-upload.ts';
import { messageRate } from '../../shared/messages/message-rate.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { uploadFrame } from '../../shared/protocol/media/frames.ts';
import { documentClient, objectClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { mediaStore } from '../../shared/stores/media/media-store.ts';
import { mediaUrls } from '../../shared/stores/media/media-url-gateway.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment('policyVersion', 'policyDigest', 'messagesStored', 'handoverSeconds', 'limits');
const policy = { version: env.policyVersion, digest: env.policyDigest };
const mayYetUpload = messageRate(env.limits.messagesPerSecond, env.limits.messagesBurst, systemClock);
const deps = env.messagesStored || env.handoverSeconds > 0 ? taking() : undefined;

export const handler = frameHandler(
  { schema: uploadFrame, policy, needsConsent: true },
  async (frame, { identity: { userId } }) => {
    if (deps === undefined) throw new ProtocolError('NOT_STORED');
    if (!mayYetUpload(userId)) throw new ProtocolError('RATE_LIMITED');
    return beginUpload(deps, userId, frame);
  },
);

function taking() {
  const stores = readEnvironment('conversationTable', 'mediaTable', 'mediaBucket');
  const db = documentClient();
  return {
    conversations: conversationStore(db, stores.conversationTable),
    media: mediaStore(db, stores.mediaTable),
    urls: mediaUrls(objectClient(), stores.mediaBucket),
    limits: env.limits,
    now: systemClock,
    randomId: () => randomBytes(18).toString('base64url'),
  };
}

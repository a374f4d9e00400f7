import { randomBytes } from 'node:crypto';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { beginUpload } from '../../shared/media/begin-upload.ts';
import { messageRate } from '../../shared/messages/message-rate.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { uploadFrame } from '../../shared/protocol/media/frames.ts';
import { documentClient, objectClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { mediaStore } from '../../shared/stores/media/media-store.ts';
import { mediaUrls } from '../../shared/stores/media/media-url-gateway.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv('POLICY_VERSION', 'POLICY_DIGEST', 'MESSAGES_STORED', 'HANDOVER_SECONDS', 'LIMITS');
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const mayYetUpload = messageRate(env.LIMITS.messagesPerSecond, env.LIMITS.messagesBurst, systemClock);
const deps = env.MESSAGES_STORED || env.HANDOVER_SECONDS > 0 ? taking() : undefined;

export const handler = frameHandler(
  { schema: uploadFrame, policy, needsConsent: true },
  async (frame, { identity: { userId } }) => {
    if (deps === undefined) throw new ProtocolError('NOT_STORED');
    if (!mayYetUpload(userId)) throw new ProtocolError('RATE_LIMITED');
    return beginUpload(deps, userId, frame);
  },
);

function taking() {
  const stores = readEnv('CONVERSATION_TABLE', 'MEDIA_TABLE', 'MEDIA_BUCKET');
  const db = documentClient();
  return {
    conversations: conversationStore(db, stores.CONVERSATION_TABLE),
    media: mediaStore(db, stores.MEDIA_TABLE),
    urls: mediaUrls(objectClient(), stores.MEDIA_BUCKET),
    limits: env.LIMITS,
    now: systemClock,
    randomId: () => randomBytes(18).toString('base64url'),
  };
}

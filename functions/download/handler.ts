import { conversationStore } from '../../shared/conversations/conversation-store.ts';
import { giveDownload } from '../../shared/media/give-download.ts';
import { mediaUrls } from '../../shared/media/media-url-gateway.ts';
import { messageStore } from '../../shared/messages/message-store.ts';
import { downloadFrame } from '../../shared/protocol/client-frames.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { documentClient, objectClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { frameHandler } from '../../shared/runtime/frame-handler.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv('POLICY_VERSION', 'POLICY_DIGEST', 'MESSAGES_STORED', 'MESSAGE_RETENTION_SECONDS');
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const deps = env.MESSAGES_STORED && storing();

export const handler = frameHandler(
  { schema: downloadFrame, policy, needsConsent: true },
  async (frame, { identity }) => {
    if (!deps) throw new ProtocolError('NOT_STORED');
    return giveDownload(deps, identity.userId, frame);
  },
);

function storing() {
  const stores = readEnv('CONVERSATION_TABLE', 'MESSAGE_TABLE', 'MEDIA_BUCKET');
  const db = documentClient();
  return {
    conversations: conversationStore(db, stores.CONVERSATION_TABLE),
    messages: messageStore(db, stores.MESSAGE_TABLE),
    urls: mediaUrls(objectClient(), stores.MEDIA_BUCKET),
    retentionSeconds: env.MESSAGE_RETENTION_SECONDS,
    now: systemClock,
  };
}

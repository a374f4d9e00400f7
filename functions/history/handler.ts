import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { readHistory } from '../../shared/messages/read-history.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { historyFrame } from '../../shared/protocol/messages/frames.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'conversationTable',
  'policyVersion',
  'policyDigest',
  'messagesStored',
  'messageRetentionSeconds',
  'limits',
);
const policy = { version: env.policyVersion, digest: env.policyDigest };
const db = documentClient();
const deps = env.messagesStored && {
  messages: messageStore(db, readEnvironment('messageTable').messageTable),
  conversations: conversationStore(db, env.conversationTable),
  limits: env.limits,
  retentionSeconds: env.messageRetentionSeconds,
  now: systemClock,
};

export const handler = frameHandler(
  { schema: historyFrame, policy, needsConsent: true },
  async (frame, { identity }) => {
    if (!deps) throw new ProtocolError('NOT_STORED');
    return readHistory(deps, identity.userId, frame);
  },
);

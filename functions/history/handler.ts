import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { readHistory } from '../../shared/messages/read-history.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { historyFrame } from '../../shared/protocol/messages/frames.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv(
  'CONVERSATION_TABLE',
  'POLICY_VERSION',
  'POLICY_DIGEST',
  'MESSAGES_STORED',
  'MESSAGE_RETENTION_SECONDS',
  'LIMITS',
);
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const db = documentClient();
const deps = env.MESSAGES_STORED && {
  messages: messageStore(db, readEnv('MESSAGE_TABLE').MESSAGE_TABLE),
  conversations: conversationStore(db, env.CONVERSATION_TABLE),
  limits: env.LIMITS,
  retentionSeconds: env.MESSAGE_RETENTION_SECONDS,
  now: systemClock,
};

export const handler = frameHandler(
  { schema: historyFrame, policy, needsConsent: true },
  async (frame, { identity }) => {
    if (!deps) throw new ProtocolError('NOT_STORED');
    return readHistory(deps, identity.userId, frame);
  },
);

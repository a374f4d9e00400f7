import { listMembers } from '../../shared/conversations/list-members.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { membersFrame } from '../../shared/protocol/conversations/frames.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';

const env = readEnv('CONVERSATION_TABLE', 'POLICY_VERSION', 'POLICY_DIGEST');
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const deps = { conversations: conversationStore(documentClient(), env.CONVERSATION_TABLE) };

export const handler = frameHandler(
  { schema: membersFrame, policy, needsConsent: true },
  async (frame, { identity }) => listMembers(deps, identity.userId, frame),
);

import { listMembers } from '../../shared/conversations/list-members.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { membersFrame } from '../../shared/protocol/conversations/frames.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';

const env = readEnvironment('conversationTable', 'policyVersion', 'policyDigest');
const policy = { version: env.policyVersion, digest: env.policyDigest };
const deps = { conversations: conversationStore(documentClient(), env.conversationTable) };

export const handler = frameHandler(
  { schema: membersFrame, policy, needsConsent: true },
  async (frame, { identity }) => listMembers(deps, identity.userId, frame),
);

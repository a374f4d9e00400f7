import { compose, merged } from '../../shared/composition/compose.ts';
import { rates } from '../../shared/composition/rates.ts';
import { policy } from '../../shared/composition/settings.ts';
import { conversationRows, conversations } from '../../shared/composition/stores.ts';
import { listMembers } from '../../shared/conversations/list-members.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { membersFrame } from '../../shared/protocol/conversations/frames.ts';

const deps = compose({ conversations: merged(conversations, conversationRows), policy, rates });

export const handler = frameHandler(
  { schema: membersFrame, policy: deps.policy, rates: deps.rates, needsConsent: true },
  async (frame, { identity }) => listMembers(deps, identity.userId, frame),
);

import { compose } from '../../shared/composition/compose.ts';
import { conversationsPage, now, policy, retentionSeconds } from '../../shared/composition/settings.ts';
import { memberships } from '../../shared/composition/stores.ts';
import { listConversations } from '../../shared/conversations/list-conversations.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { conversationsFrame } from '../../shared/protocol/conversations/frames.ts';

const deps = compose({
  conversations: memberships,
  policy,
  pageSize: conversationsPage,
  retentionSeconds,
  now,
});

export const handler = frameHandler(
  { schema: conversationsFrame, policy: deps.policy, needsConsent: true },
  async (frame, { identity }) =>
    listConversations(deps, identity.userId, frame.cursor === undefined ? {} : { after: frame.cursor }),
);

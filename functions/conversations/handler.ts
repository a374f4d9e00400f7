import { compose, merged } from '../../shared/composition/compose.ts';
import { groupTitles } from '../../shared/composition/profiles.ts';
import { rates } from '../../shared/composition/rates.ts';
import { listingRetention } from '../../shared/composition/retention.ts';
import { conversationsPage, now, policy } from '../../shared/composition/settings.ts';
import { consent, conversationEnds, earlierTitleRows, memberships } from '../../shared/composition/stores.ts';
import { listConversations } from '../../shared/conversations/list-conversations.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { conversationsFrame } from '../../shared/protocol/conversations/frames.ts';

const deps = compose({
  conversations: merged(merged(memberships, conversationEnds), earlierTitleRows),
  titles: groupTitles,
  policy,
  rates,
  consent,
  pageSize: conversationsPage,
  retention: listingRetention,
  now,
});

export const handler = frameHandler(
  { schema: conversationsFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async (frame, { identity }) =>
    listConversations(deps, identity.userId, frame.cursor === undefined ? {} : { after: frame.cursor }),
);

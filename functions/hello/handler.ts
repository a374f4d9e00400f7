import { compose, merged } from '../../shared/composition/compose.ts';
import { groupTitles, keptProfiles } from '../../shared/composition/profiles.ts';
import { rates } from '../../shared/composition/rates.ts';
import { listingRetention } from '../../shared/composition/retention.ts';
import { conversationsPage, now, policy, policyUrl, service } from '../../shared/composition/settings.ts';
import { consent, conversationEnds, earlierTitleRows, memberships } from '../../shared/composition/stores.ts';
import { listConversations } from '../../shared/conversations/list-conversations.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { keepProfile } from '../../shared/profiles/keep-profile.ts';
import { helloFrame } from '../../shared/protocol/session/frames.ts';
import type { HelloResult } from '../../shared/protocol/session/table.ts';

const deps = compose({
  consent,
  conversations: merged(merged(memberships, conversationEnds), earlierTitleRows),
  titles: groupTitles,
  kept: keptProfiles,
  pageSize: conversationsPage,
  retention: listingRetention,
  now,
  service,
  policy,
  rates,
  policyUrl,
});

export const handler = frameHandler(
  { schema: helloFrame, policy: deps.policy, rates: deps.rates, consent: 'not needed' },
  async (frame, { identity }) => {
    const { userId, consented } = identity;
    const { cursors = {} } = frame;
    const state = await deps.consent(userId);
    const isIn = consented && state === 'granted';
    const [conversations] = await Promise.all([
      isIn ? listConversations(deps, userId, { cursors }) : {},
      isIn && deps.kept !== undefined && keepProfile(deps.kept, userId),
    ]);
    const result: HelloResult = {
      userId,
      consent: {
        state,
        policyVersion: deps.policy.version,
        ...(deps.policyUrl !== '' && { policyUrl: deps.policyUrl }),
      },
      ...deps.service,
      ...conversations,
    };
    return result;
  },
);

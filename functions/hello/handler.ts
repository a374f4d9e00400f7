import { compose, merged } from '../../shared/composition/compose.ts';
import { rates } from '../../shared/composition/rates.ts';
import { listingRetention } from '../../shared/composition/retention.ts';
import { conversationsPage, now, policy, policyUrl, service } from '../../shared/composition/settings.ts';
import { consent, conversationEnds, memberships } from '../../shared/composition/stores.ts';
import { listConversations } from '../../shared/conversations/list-conversations.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { helloFrame } from '../../shared/protocol/session/frames.ts';
import type { HelloResult } from '../../shared/protocol/session/table.ts';

const deps = compose({
  consent,
  conversations: merged(memberships, conversationEnds),
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
    const conversations =
      consented && state === 'granted' ? await listConversations(deps, userId, { cursors }) : {};
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

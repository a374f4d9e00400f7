import { compose, merged } from '../../shared/composition/compose.ts';
import { pushing } from '../../shared/composition/gateways.ts';
import { rates } from '../../shared/composition/rates.ts';
import { policy } from '../../shared/composition/settings.ts';
import { consent, conversationRows, ownPlaces } from '../../shared/composition/stores.ts';
import { arrangeConversation } from '../../shared/conversations/arrange-conversation.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { muteFrame } from '../../shared/protocol/conversations/frames.ts';

const deps = compose({
  ...pushing,
  conversations: merged(conversationRows, ownPlaces),
  policy,
  rates,
  consent,
});

export const handler = frameHandler(
  { schema: muteFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async ({ conversationId, until }, { identity: { userId }, connectionId }) =>
    arrangeConversation(deps, { userId, connectionId }, conversationId, { muted: until }),
);

import { compose } from '../../shared/composition/compose.ts';
import { pushing } from '../../shared/composition/gateways.ts';
import { rates } from '../../shared/composition/rates.ts';
import { limits, policy } from '../../shared/composition/settings.ts';
import { blocks, consent, conversationBlocks, idSecretIfThere } from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { blockFrame } from '../../shared/protocol/safety/frames.ts';
import { blockUser } from '../../shared/safety/block-user.ts';

const deps = compose({
  ...pushing,
  conversations: conversationBlocks,
  idSecret: idSecretIfThere,
  blocks,
  limits,
  policy,
  rates,
  consent,
});

export const handler = frameHandler(
  { schema: blockFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async (frame, { identity: { userId }, connectionId }) => blockUser(deps, { userId, connectionId }, frame),
);

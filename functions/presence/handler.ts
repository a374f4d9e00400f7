import { compose } from '../../shared/composition/compose.ts';
import { rates } from '../../shared/composition/rates.ts';
import { now, policy, policyFingerprint, presenceDefault } from '../../shared/composition/settings.ts';
import {
  blocks,
  connectionRows,
  consent,
  contacts,
  lastActive,
  presenceWatches,
} from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { askPresence } from '../../shared/presence/ask-presence.ts';
import { presenceFrame } from '../../shared/protocol/presence/frames.ts';

const deps = compose({
  connections: connectionRows,
  contactsAmong: contacts,
  presenceWatches,
  blocks,
  lastActive,
  presenceDefault,
  policyFingerprint,
  policy,
  rates,
  consent,
  now,
});

export const handler = frameHandler(
  { schema: presenceFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async ({ userIds }, { identity: { userId }, connectionId }) =>
    askPresence(deps, { userId, connectionId }, userIds),
);

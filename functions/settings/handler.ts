import { compose } from '../../shared/composition/compose.ts';
import { tellingPresence } from '../../shared/composition/presence.ts';
import { rates } from '../../shared/composition/rates.ts';
import { pause, policy } from '../../shared/composition/settings.ts';
import { consent, lastActive } from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { settingsFrame } from '../../shared/protocol/settings/frames.ts';
import { askSettings, changeSettings } from '../../shared/settings/change-settings.ts';

const deps = compose({ ...tellingPresence, lastActive, pause, policy, rates, consent });

export const handler = frameHandler(
  { schema: settingsFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async ({ action: _action, id: _id, ...changes }, { identity: { userId }, connectionId }) =>
    Object.values(changes).every((each) => each === undefined)
      ? askSettings(deps, userId)
      : changeSettings(deps, { userId, connectionId }, changes),
);

import { compose } from '../../shared/composition/compose.ts';
import { rates } from '../../shared/composition/rates.ts';
import { policy } from '../../shared/composition/settings.ts';
import { consent, live, watches } from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { unwatchFrame } from '../../shared/protocol/rooms/frames.ts';
import { unwatchRoom } from '../../shared/rooms/watch-room.ts';

const deps = compose({ policy, rates, consent, live, watches });

export const handler = frameHandler(
  { schema: unwatchFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async (frame, { identity: { userId }, connectionId }) =>
    unwatchRoom(deps, { userId, connectionId }, frame.conversationId),
);

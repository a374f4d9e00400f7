import { compose } from '../../shared/composition/compose.ts';
import { listing } from '../../shared/composition/listing.ts';
import { rates } from '../../shared/composition/rates.ts';
import { policy } from '../../shared/composition/settings.ts';
import { consent } from '../../shared/composition/stores.ts';
import { listConversations } from '../../shared/conversations/list-conversations.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { conversationsFrame } from '../../shared/protocol/conversations/frames.ts';
import { stayLive } from '../../shared/push/stay-live.ts';
import type { LiveGroup } from '../../shared/stores/live/live-shard.ts';

const deps = compose({
  ...listing,
  policy,
  rates,
  consent,
});

export const handler = frameHandler(
  { schema: conversationsFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async (frame, { identity: { userId }, connectionId }) => {
    const staying = async (groups: readonly LiveGroup[]) => stayLive(deps, { userId, connectionId }, groups);
    const { cursor } = frame;
    return listConversations({ ...deps, stayLive: staying }, userId, cursor === undefined ? {} : { cursor });
  },
);

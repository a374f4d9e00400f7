import { compose, merged } from '../../shared/composition/compose.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { groupTitles } from '../../shared/composition/profiles.ts';
import { rates } from '../../shared/composition/rates.ts';
import { listingRetention } from '../../shared/composition/retention.ts';
import { conversationsPage, now, policy } from '../../shared/composition/settings.ts';
import {
  connectionRows,
  consent,
  conversationEnds,
  earlierTitleRows,
  live,
  memberships,
  messages,
} from '../../shared/composition/stores.ts';
import { listConversations } from '../../shared/conversations/list-conversations.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { conversationsFrame } from '../../shared/protocol/conversations/frames.ts';
import { stayLive } from '../../shared/push/stay-live.ts';
import type { LiveGroup } from '../../shared/stores/live/live-shard.ts';

const deps = compose({
  conversations: merged(merged(memberships, conversationEnds), earlierTitleRows),
  connections: connectionRows,
  live,
  titles: groupTitles,
  messages: ifMessagesStored(messages),
  policy,
  rates,
  consent,
  pageSize: conversationsPage,
  retention: listingRetention,
  now,
});

export const handler = frameHandler(
  { schema: conversationsFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async (frame, { identity: { userId }, connectionId }) => {
    const staying = async (groups: readonly LiveGroup[]) => stayLive(deps, { userId, connectionId }, groups);
    const page = frame.cursor === undefined ? {} : { after: frame.cursor };
    return listConversations({ ...deps, stayLive: staying }, userId, page);
  },
);

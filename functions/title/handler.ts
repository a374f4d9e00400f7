import { compose, merged } from '../../shared/composition/compose.ts';
import { crowd } from '../../shared/composition/crowd.ts';
import { pushing, retries } from '../../shared/composition/gateways.ts';
import { guard } from '../../shared/composition/guard.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { groupTitles } from '../../shared/composition/profiles.ts';
import { rates } from '../../shared/composition/rates.ts';
import { listingRetention } from '../../shared/composition/retention.ts';
import { limits, policy, retentionSeconds } from '../../shared/composition/settings.ts';
import {
  consent,
  conversationEnds,
  conversationRows,
  conversations,
  holds,
  messages,
  replacedTitles,
  titleChanges,
} from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { announceTitle } from '../../shared/members/announce-title.ts';
import { changeTitle } from '../../shared/members/change-title.ts';
import { titleFrame } from '../../shared/protocol/conversations/frames.ts';

const parts = compose({
  ...pushing,
  conversations: merged(merged(conversations, conversationRows), conversationEnds),
  changes: titleChanges,
  messages: ifMessagesStored(messages),
  retries: ifMessagesStored(retries),
  retention: listingRetention,
  retentionSeconds,
  titles: groupTitles,
  replaced: replacedTitles,
  holds,
  guard,
  crowd,
  limits,
  policy,
  rates,
  consent,
});
const deps = { ...parts, announce: announceTitle(parts) };

export const handler = frameHandler(
  { schema: titleFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async (frame, { identity: { userId } }) => {
    const flagged = deps.guard.check(frame.title === null ? [] : [frame.title]);
    const result = await changeTitle(deps, userId, frame);
    return { ...result, ...(flagged && { flagged: true as const }) };
  },
);

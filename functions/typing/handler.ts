import { compose, merged } from '../../shared/composition/compose.ts';
import { pushing } from '../../shared/composition/gateways.ts';
import { rates } from '../../shared/composition/rates.ts';
import { policy } from '../../shared/composition/settings.ts';
import { conversationRows, conversations } from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { announceTyping } from '../../shared/messages/announce-typing.ts';
import { typingFrame } from '../../shared/protocol/activity/frames.ts';
import type { NoResult } from '../../shared/protocol/reply-values.ts';

const deps = compose({ ...pushing, conversations: merged(conversations, conversationRows), policy, rates });

export const handler = frameHandler(
  { schema: typingFrame, policy: deps.policy, rates: deps.rates, needsConsent: true },
  async (frame, { identity: { userId } }) => {
    await announceTyping(deps, userId, frame);
    const nothing: NoResult = {};
    return nothing;
  },
);

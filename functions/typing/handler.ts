import { compose, merged } from '../../shared/composition/compose.ts';
import { pushing } from '../../shared/composition/gateways.ts';
import { rates } from '../../shared/composition/rates.ts';
import { policy } from '../../shared/composition/settings.ts';
import { consent, conversationRows, conversations } from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { announceTyping } from '../../shared/messages/announce-typing.ts';
import { typingFrame } from '../../shared/protocol/activity/frames.ts';
import type { NoResult } from '../../shared/protocol/reply-values.ts';

const deps = compose({
  ...pushing,
  conversations: merged(conversations, conversationRows),
  policy,
  rates,
  consent,
});

export const handler = frameHandler(
  {
    schema: typingFrame,
    policy: deps.policy,
    rates: deps.rates,
    consent: deps.consent,
    readsMeanwhile: true,
  },
  async (frame, { identity: { userId }, consented }) => {
    await announceTyping({ ...deps, consented }, userId, frame);
    const nothing: NoResult = {};
    return nothing;
  },
);

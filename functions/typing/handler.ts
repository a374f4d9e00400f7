import { compose, merged } from '../../shared/composition/compose.ts';
import { pushing } from '../../shared/composition/gateways.ts';
import { mayYetSend, policy } from '../../shared/composition/settings.ts';
import { conversationRows, conversations } from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { announceTyping } from '../../shared/messages/announce-typing.ts';
import { typingFrame } from '../../shared/protocol/activity/frames.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import type { NoResult } from '../../shared/protocol/reply-values.ts';

/** At the rate of messages: one frame becomes a post to everybody. */
const deps = compose({
  ...pushing,
  conversations: merged(conversations, conversationRows),
  mayYetType: mayYetSend,
  policy,
});

export const handler = frameHandler(
  { schema: typingFrame, policy: deps.policy, needsConsent: true },
  async (frame, { identity: { userId } }) => {
    if (!deps.mayYetType(userId)) throw new ProtocolError('RATE_LIMITED');
    await announceTyping(deps, userId, frame);
    const nothing: NoResult = {};
    return nothing;
  },
);

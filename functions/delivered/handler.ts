import { compose, merged, together } from '../../shared/composition/compose.ts';
import { pushing, receiptJobs } from '../../shared/composition/gateways.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { rates } from '../../shared/composition/rates.ts';
import { policy } from '../../shared/composition/settings.ts';
import {
  consent,
  conversationRows,
  conversations,
  memberships,
  messages,
  readReceipts,
} from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { markDelivered } from '../../shared/messages/mark-delivered.ts';
import { deliveredFrame } from '../../shared/protocol/activity/frames.ts';
import type { NoResult } from '../../shared/protocol/reply-values.ts';

const deps = compose({
  ...pushing,
  conversations: merged(merged(conversations, memberships), conversationRows),
  messages: ifMessagesStored(messages),
  authors: ifMessagesStored(together({ messages, readReceipts, receiptJobs })),
  policy,
  rates,
  consent,
});

export const handler = frameHandler(
  {
    schema: deliveredFrame,
    policy: deps.policy,
    rates: deps.rates,
    consent: deps.consent,
    readsMeanwhile: true,
  },
  async (frame, { identity: { userId }, connectionId, consented }) => {
    await markDelivered({ ...deps, consented }, { userId, connectionId }, frame);
    const nothing: NoResult = {};
    return nothing;
  },
);

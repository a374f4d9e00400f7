import { merged, together } from './compose.ts';
import { pushing, receiptJobs } from './gateways.ts';
import { ifMessagesStored } from './modes.ts';
import { rates } from './rates.ts';
import { policy } from './settings.ts';
import { consent, conversationRows, conversations, memberships, messages, readReceipts } from './stores.ts';

/** What moving a member's mark takes: of what they have read, or of what has come to them. */
export const marks = {
  ...pushing,
  conversations: merged(merged(conversations, memberships), conversationRows),
  messages: ifMessagesStored(messages),
  authors: ifMessagesStored(together({ messages, readReceipts, receiptJobs })),
  policy,
  rates,
  consent,
};

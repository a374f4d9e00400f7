import { merged } from './compose.ts';
import { crowd } from './crowd.ts';
import { pushing, retries } from './gateways.ts';
import { guard } from './guard.ts';
import { ifMessagesStored } from './modes.ts';
import { groupTitles } from './profiles.ts';
import { listingRetention } from './retention.ts';
import { limits, retentionSeconds } from './settings.ts';
import {
  conversationEnds,
  conversationRows,
  conversations,
  holds,
  messages,
  replacedTitles,
  titleChanges,
} from './stores.ts';

/** What it takes to have a group called otherwise. */
export const titleParts = {
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
};

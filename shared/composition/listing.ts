import { merged } from './compose.ts';
import { ifMessagesStored } from './modes.ts';
import { groupTitles } from './profiles.ts';
import { listingRetention } from './retention.ts';
import { conversationsPage, now } from './settings.ts';
import { connectionRows, conversationEnds, earlierTitleRows, live, memberships, messages } from './stores.ts';

/** What a page of somebody's conversations takes. */
export const listing = {
  conversations: merged(merged(memberships, conversationEnds), earlierTitleRows),
  connections: connectionRows,
  live,
  titles: groupTitles,
  messages: ifMessagesStored(messages),
  pageSize: conversationsPage,
  retention: listingRetention,
  now,
};

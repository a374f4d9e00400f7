import { merged } from './compose.ts';
import { ifMessagesStored } from './modes.ts';
import { groupTitles } from './profiles.ts';
import { listingRetention } from './retention.ts';
import { conversationsPage, now } from './settings.ts';
import {
  blocks,
  connectionRows,
  conversationEnds,
  earlierTitleRows,
  listedConversations,
  listedMessages,
  live,
  memberships,
  recent,
  settings,
} from './stores.ts';

/** What a page of somebody's conversations takes. */
export const listing = {
  conversations: merged(merged(merged(memberships, listedConversations), conversationEnds), earlierTitleRows),
  connections: connectionRows,
  live,
  titles: groupTitles,
  messages: ifMessagesStored(listedMessages),
  recent,
  blocks,
  settings,
  pageSize: conversationsPage,
  retention: listingRetention,
  now,
};

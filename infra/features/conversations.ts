import type { ChatFunction } from '../constructs/chat-function.ts';
import type { ChatSystem } from './chat-system.ts';
import type { Setting } from './settings.ts';

/** Titles are kept where profiles are, and as long. */
export const titleSettings = [
  'profilesStored',
  'profileRetentionSeconds',
  'purgeBoundSeconds',
] as const satisfies readonly Setting[];

/** Opening a conversation, listing one's own, and who is in one. */
export function addConversations(system: ChatSystem): void {
  const { profiles, conversations, personal, privacy } = system.data;

  const list = system.addAction('conversations', {
    settings: ['messagesStored', 'messageRetentionSeconds', ...titleSettings],
  });
  grantListing(system, list);

  const open = system.addAction('open', {
    settings: [
      'messagesStored',
      'messageRetentionSeconds',
      'roomsOpened',
      'sensitiveData',
      'nationalIdCountries',
      ...titleSettings,
    ],
  });
  conversations.grant(open, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem');
  system.grantStayingLive(open);
  personal.grant(open, 'BatchWriteItem');
  privacy.grantAskingForHolds(open);
  profiles?.grant(open, 'PutItem');
  if (profiles !== undefined) privacy.grantRetention(open, 'profiles');
  // Where a title is not kept it passes to whoever is connected.
  else system.grantPush(open);

  const members = system.addAction('members');
  conversations.grant(members, 'GetItem', 'Query');
}

/** To list somebody's conversations. */
export function grantListing(system: ChatSystem, fn: ChatFunction): void {
  const { messages, conversations, personal, privacy } = system.data;
  conversations.grantFindingByMember(fn);
  conversations.grant(fn, 'GetItem', 'Query', 'UpdateItem');
  personal.grant(fn, 'Query', 'BatchGetItem', 'BatchWriteItem');
  system.grantStayingLive(fn);
  messages?.grant(fn, 'Query', 'BatchGetItem');
  if (messages !== undefined) privacy.grantRetention(fn, 'messages');
  grantTitles(system, fn);
}

/** To show the titles of a user's groups; their own begin anew when they look. */
function grantTitles({ data: { profiles, privacy } }: ChatSystem, fn: ChatFunction): void {
  if (profiles === undefined) return;
  profiles.grant(fn, 'BatchGetItem', 'UpdateItem');
  privacy.grantRetention(fn, 'profiles');
}

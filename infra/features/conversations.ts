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
  const { messages, profiles, conversations, privacy } = system.data;

  const list = system.addAction('conversations', {
    settings: ['messagesStored', 'messageRetentionSeconds', ...titleSettings],
  });
  conversations.grantFindingByMember(list);
  conversations.grant(list, 'BatchGetItem', 'UpdateItem');
  system.grantStayingLive(list);
  messages?.grant(list, 'Query');
  if (messages !== undefined) privacy.grantRetention(list, 'messages');
  grantTitles(system, list);

  const open = system.addAction('open', {
    settings: [
      'messagesStored',
      'messageRetentionSeconds',
      'roomsOpened',
      'groups',
      'sensitiveData',
      'nationalIdCountries',
      ...titleSettings,
    ],
  });
  conversations.grant(open, 'GetItem', 'Query', 'BatchGetItem', 'PutItem', 'UpdateItem');
  system.grantStayingLive(open);
  privacy.grantAskingForHolds(open);
  profiles?.grant(open, 'PutItem', 'BatchGetItem');
  if (profiles !== undefined) privacy.grantRetention(open, 'profiles');
  // Who is in a new group is told at once.
  system.grantPush(open);

  addMembers(system);
}

/** Who is in a group: told, and changed by an event, which is a message. */
function addMembers(system: ChatSystem): void {
  const { messages, conversations, sends, privacy, retries } = system.data;
  const members = system.addAction('members', {
    settings: ['messagesStored', 'messageRetentionSeconds', 'purgeBoundSeconds', 'groups'],
  });
  conversations.grant(members, 'GetItem', 'Query', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem');
  conversations.grant(members, 'BatchWriteItem');
  sends.grant(members, 'GetItem', 'PutItem');
  messages?.grant(members, 'PutItem', 'Query');
  privacy.grantAskingForHolds(members);
  if (messages !== undefined) privacy.grantRetention(members, 'messages');
  system.grantPush(members);
  retries?.grantSend(members);
}

/** To show the titles of a user's groups; their own begin anew when they look. */
export function grantTitles({ data: { profiles, privacy } }: ChatSystem, fn: ChatFunction): void {
  if (profiles === undefined) return;
  profiles.grant(fn, 'BatchGetItem', 'UpdateItem');
  privacy.grantRetention(fn, 'profiles');
}

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
  const { conversations } = system.data;

  const list = system.addAction('conversations', {
    settings: ['messagesStored', 'messageRetentionSeconds', ...titleSettings],
  });
  grantListing(system, list);

  const open = system.addAction('open', {
    settings: [
      'messagesStored',
      'messageRetentionSeconds',
      'roomsOpened',
      'groups',
      'reach',
      'senders',
      'sensitiveData',
      'nationalIdCountries',
      ...titleSettings,
    ],
  });
  grantOpening(system, open);
  if (system.configuration.reach === 'shared') conversations.grantFindingByMember(open);

  addMembers(system);
  addTitle(system);
}

/** To make a conversation, and to tell who is in it. */
export function grantOpening(system: ChatSystem, fn: ChatFunction): void {
  const { profiles, conversations, personal, privacy } = system.data;
  conversations.grant(fn, 'GetItem', 'Query', 'BatchGetItem', 'PutItem', 'UpdateItem');
  conversations.grant(fn, 'BatchWriteItem');
  personal.grant(fn, 'BatchGetItem');
  system.grantStayingLive(fn);
  personal.grant(fn, 'BatchWriteItem');
  privacy.grantAskingForHolds(fn);
  profiles?.grant(fn, 'PutItem', 'BatchGetItem');
  if (profiles !== undefined) privacy.grantRetention(fn, 'profiles');
  // Who is in a new group is told at once.
  system.grantPush(fn);
}

/** Who is in a group: told, and changed by an event, which is a message. */
function addMembers(system: ChatSystem): void {
  const { conversations } = system.data;
  const members = system.addAction('members', {
    settings: [
      'messagesStored',
      'messageRetentionSeconds',
      'profilesStored',
      'profileRetentionSeconds',
      'purgeBoundSeconds',
      'groups',
      'reach',
      'senders',
    ],
  });
  grantChangingMembers(system, members);
  if (system.configuration.reach === 'shared') conversations.grantFindingByMember(members);

  for (const name of ['mute', 'arrange']) {
    const fn = system.addAction(name);
    conversations.grant(fn, 'GetItem', 'UpdateItem');
    system.grantPush(fn);
  }
}

/** To have people come to a group and go, by an event. */
export function grantChangingMembers(system: ChatSystem, fn: ChatFunction): void {
  const { messages, personal, privacy } = system.data;
  grantAdmitting(system, fn);
  // Of who has left a large group, unless they have come back since.
  system.data.live.grant(fn, 'DeleteItem');
  // Who waits, and who blocks whoever names them.
  personal.grant(fn, 'BatchGetItem', 'BatchWriteItem');
  if (messages !== undefined) privacy.grantRetention(fn, 'messages');
}

/** What a group is called: an event, too, and with it the title, where titles are kept. */
function addTitle(system: ChatSystem): void {
  const title = system.addAction('title', {
    settings: [
      'messagesStored',
      'messageRetentionSeconds',
      'sensitiveData',
      'nationalIdCountries',
      ...titleSettings,
    ],
  });
  grantChangingTitles(system, title);
}

/** To have a group called otherwise, by an event. */
export function grantChangingTitles(system: ChatSystem, fn: ChatFunction): void {
  const { messages, conversations, sends, profiles, privacy, retries } = system.data;
  conversations.grant(fn, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem');
  sends.grant(fn, 'GetItem', 'PutItem');
  messages?.grant(fn, 'PutItem', 'Query');
  if (messages !== undefined) privacy.grantRetention(fn, 'messages');
  profiles?.grant(fn, 'BatchGetItem', 'PutItem', 'DeleteItem');
  if (profiles !== undefined) privacy.grantRetention(fn, 'profiles');
  privacy.grantAskingForHolds(fn);
  system.grantPush(fn);
  retries?.grantSend(fn);
}

/** Who comes becomes a member wherever they are waited for. */
export function grantAdmitting(system: ChatSystem, fn: ChatFunction): void {
  const { messages, conversations, personal, sends, privacy, retries } = system.data;
  conversations.grant(fn, 'GetItem', 'Query', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem');
  conversations.grant(fn, 'BatchWriteItem');
  sends.grant(fn, 'GetItem', 'PutItem');
  messages?.grant(fn, 'PutItem', 'Query');
  privacy.grantAskingForHolds(fn);
  // The lists of those who come.
  personal.grant(fn, 'BatchWriteItem');
  system.grantPush(fn);
  retries?.grantSend(fn);
}

/** To list somebody's conversations. */
export function grantListing(system: ChatSystem, fn: ChatFunction): void {
  const { messages, conversations, personal, privacy } = system.data;
  conversations.grantFindingByMember(fn);
  conversations.grant(fn, 'GetItem', 'Query', 'UpdateItem');
  personal.grant(fn, 'GetItem', 'Query', 'BatchGetItem', 'BatchWriteItem');
  system.grantStayingLive(fn);
  messages?.grant(fn, 'Query', 'BatchGetItem');
  if (messages !== undefined) privacy.grantRetention(fn, 'messages');
  grantTitles(system, fn);
}

/** To show the titles of a user's groups and rooms; their own begin anew when they look. */
export function grantTitles({ data: { profiles, privacy } }: ChatSystem, fn: ChatFunction): void {
  if (profiles === undefined) return;
  profiles.grant(fn, 'BatchGetItem', 'UpdateItem');
  privacy.grantRetention(fn, 'profiles');
}

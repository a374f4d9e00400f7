import type { ChatSystem } from './chat-system.ts';

/** Opening a conversation, listing one's own, and who is in one. */
export function addConversations(system: ChatSystem): void {
  const { messages, conversations, privacy } = system.data;

  const list = system.addAction('conversations', { settings: ['messagesStored', 'messageRetentionSeconds'] });
  conversations.grantIndexQuery(list, 'byUser');
  conversations.grant(list, 'BatchGetItem', 'UpdateItem');
  if (messages !== undefined) privacy.grantRetention(list, 'messages');

  const open = system.addAction('open', {
    settings: ['messageRetentionSeconds', 'sensitiveData', 'nationalIdCountries'],
  });
  conversations.grant(open, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem');
  privacy.grantAskingForHolds(open);

  const members = system.addAction('members');
  conversations.grant(members, 'GetItem', 'Query');
}

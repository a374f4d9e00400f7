import type { ChatSystem } from './chat-system.ts';

/** What people give to messages. Where these are not stored the action is there to say so, and may touch nothing. */
export function addReactions(system: ChatSystem): void {
  const { messages, changes, conversations, sends, personal, privacy, retries, roomWork } = system.data;
  const react = system.addAction('react', { settings: ['messagesStored'] });
  if (messages === undefined || changes === undefined) return;

  system.tell(react, 'messageRetentionSeconds');
  conversations.grant(react, 'GetItem', 'Query', 'UpdateItem');
  system.grantPush(react);
  privacy.grantRetention(react, 'messages');
  // One transaction: the record of the act, the counts, the change, what they have given.
  sends.grant(react, 'PutItem');
  messages.grant(react, 'GetItem', 'UpdateItem');
  changes.grant(react, 'Query', 'PutItem');
  personal.grant(react, 'GetItem', 'PutItem', 'DeleteItem');
  // Among many a queue tells of it.
  retries?.grantSend(react);
  roomWork?.grantSend(react);
}

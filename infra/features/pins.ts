import type { ChatFunction } from '../constructs/chat-function.ts';
import type { ChatSystem } from './chat-system.ts';

/** What stands above a conversation. Where messages are not stored the action is there to say so. Answers the function that tells rooms. */
export function addPins(system: ChatSystem): readonly ChatFunction[] {
  const { messages, changes, conversations, sends, privacy } = system.data;
  const pin = system.addAction('pin', {
    settings: ['messagesStored', 'messageRetentionSeconds', 'groups'],
  });
  if (messages === undefined || changes === undefined) return [];
  // One transaction: the record of the act, the message, the change, the list of pins.
  sends.grant(pin, 'GetItem', 'PutItem');
  messages.grant(pin, 'BatchGetItem', 'UpdateItem');
  changes.grant(pin, 'Query', 'PutItem');
  conversations.grant(pin, 'GetItem', 'Query', 'UpdateItem', 'PutItem', 'DeleteItem');
  privacy.grantRetention(pin, 'messages');
  system.grantWatching(pin);
  system.grantPush(pin);
  return [pin];
}

import type { ChatSystem } from './chat-system.ts';

/** What people do against those who trouble them. */
export function addSafety(system: ChatSystem): void {
  const { conversations, personal } = system.data;

  const block = system.addAction('block');
  personal.grant(block, 'Query', 'BatchGetItem', 'UpdateItem', 'DeleteItem');
  // The deployment's secret, by which the conversation of two people is found.
  conversations.grant(block, 'GetItem', 'UpdateItem');
  system.grantPush(block);
}

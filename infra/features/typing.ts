import type { ChatSystem } from './chat-system.ts';

/** Who is writing just now: pushed to whoever is connected, and stored nowhere. */
export function addTyping(system: ChatSystem): void {
  const typing = system.addAction('typing');
  system.data.conversations.grant(typing, 'GetItem', 'Query');
  system.grantPush(typing);
}

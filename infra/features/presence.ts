import type { ChatSystem } from './chat-system.ts';

/** What others learn of a person beside what they write: what they have read, and whether they are there. */
export function addPresence(system: ChatSystem): void {
  const { personal, connections } = system.data;

  const settings = system.addAction('settings', { settings: ['presenceDefault'] });
  personal.grant(settings, 'GetItem', 'PutItem');
  connections.grant(settings, 'UpdateItem');
  system.grantPush(settings);
}

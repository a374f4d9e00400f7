import type { ChatFunction } from '../constructs/chat-function.ts';
import type { ChatSystem } from './chat-system.ts';

/** What others learn of a person beside what they write: what they have read, and whether they are there. */
export function addPresence(system: ChatSystem): void {
  const { personal, connections, conversations } = system.data;

  const settings = system.addAction('settings');
  personal.grant(settings, 'PutItem', 'DeleteItem');
  grantTellingPresence(system, settings);

  const presence = system.addAction('presence', { settings: ['presenceDefault'] });
  personal.grant(presence, 'BatchGetItem');
  connections.grant(presence, 'BatchGetItem');
  system.grantLive(presence);
  // Who is a contact of whom.
  conversations.grant(presence, 'GetItem', 'BatchGetItem');
}

/** To tell those who have asked for it that somebody has come or gone. */
export function grantTellingPresence(system: ChatSystem, fn: ChatFunction): void {
  system.tell(fn, 'policyVersion', 'policyDigest', 'presenceDefault');
  system.data.personal.grant(fn, 'GetItem', 'BatchGetItem');
  system.grantPush(fn);
}

/** And to note when that was, unless they have ended their consent. */
export function grantEndingPresence(system: ChatSystem, fn: ChatFunction): void {
  grantTellingPresence(system, fn);
  system.data.personal.grant(fn, 'PutItem', 'DeleteItem');
  system.data.consents.grant(fn, 'Query');
}

import type { ChatFunction } from '../constructs/chat-function.ts';
import type { ChatSystem } from './chat-system.ts';
import { grantEndingPresence } from './presence.ts';
import { ageSettings, policySettings } from './settings.ts';

/** The ledger of consent and age. A withdrawal is one write in two tables, and then the sockets are cut. */
export function addConsent(system: ChatSystem): void {
  const { consents } = system.data;

  const consent = system.addAction('consent', { settings: [...ageSettings], withoutConsent: true });
  grantGranting(system, consent);
  grantWithdrawing(system, consent);
  grantEndingPresence(system, consent);
  system.api.grantManageConnections(consent);

  const show = system.addCommand('admin-consent-show', policySettings);
  consents.grant(show, 'Query');

  const record = system.addCommand('admin-consent-record', [...policySettings, ...ageSettings]);
  grantGranting(system, record);

  const withdraw = system.addCommand('admin-consent-withdraw', policySettings);
  grantWithdrawing(system, withdraw);
  grantEndingPresence(system, withdraw);
  system.api.grantManageConnections(withdraw);
}

/** To write somebody's consent into the ledger, unless their age was refused a short while ago. */
function grantGranting({ data: { consents } }: ChatSystem, fn: ChatFunction): void {
  consents.grant(fn, 'Query', 'GetItem', 'PutItem', 'ConditionCheckItem');
}

/** To end somebody's consent together with every push to them. */
export function grantWithdrawing(system: ChatSystem, fn: ChatFunction): void {
  const { consents, connections } = system.data;
  system.grantLive(fn);
  consents.grant(fn, 'Query', 'PutItem');
  connections.grant(fn, 'GetItem', 'UpdateItem', 'ConditionCheckItem');
}

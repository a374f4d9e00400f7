import type { ChatSystem } from './chat-system.ts';
import { ageSettings, policySettings } from './settings.ts';

/** The ledger of consent and age. A withdrawal suspends every membership and cuts every socket. */
export function addConsent(system: ChatSystem): void {
  const { consents, connections, conversations } = system.data;

  const consent = system.addAction('consent', { settings: [...ageSettings] });
  consents.grant(consent, 'Query', 'GetItem', 'PutItem', 'ConditionCheckItem');
  connections.grant(consent, 'GetItem', 'UpdateItem');
  conversations.grantIndexQuery(consent, 'byUser');
  conversations.grant(consent, 'UpdateItem');
  system.api.grantManageConnections(consent);

  const show = system.addCommand('admin-consent-show', policySettings);
  consents.grant(show, 'Query');

  const record = system.addCommand('admin-consent-record', [...policySettings, ...ageSettings]);
  consents.grant(record, 'Query', 'GetItem', 'PutItem', 'ConditionCheckItem');
  conversations.grantIndexQuery(record, 'byUser');
  conversations.grant(record, 'UpdateItem');

  const withdraw = system.addCommand('admin-consent-withdraw', policySettings);
  consents.grant(withdraw, 'Query', 'PutItem');
  connections.grant(withdraw, 'GetItem', 'UpdateItem');
  conversations.grantIndexQuery(withdraw, 'byUser');
  conversations.grant(withdraw, 'UpdateItem');
  system.api.grantManageConnections(withdraw);
}

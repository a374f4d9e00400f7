import type { ChatSystem } from './chat-system.ts';
import { policySettings } from './settings.ts';

/** The ledger of consent and age. A withdrawal suspends every membership and cuts every socket. */
export function addConsent(system: ChatSystem): void {
  const { consents, connections, conversations } = system.data;

  const consent = system.addAction('consent', { settings: ['minimumAgeOverrides'] });
  consents.grant(consent, 'Query', 'PutItem');
  connections.grant(consent, 'GetItem', 'UpdateItem');
  conversations.grantIndexQuery(consent, 'byUser');
  conversations.grant(consent, 'UpdateItem');
  system.api.grantManageConnections(consent);

  const show = system.addCommand('admin-consent-show', policySettings);
  consents.grant(show, 'Query');

  const record = system.addCommand('admin-consent-record', [...policySettings, 'minimumAgeOverrides']);
  consents.grant(record, 'Query', 'PutItem');
  conversations.grantIndexQuery(record, 'byUser');
  conversations.grant(record, 'UpdateItem');
}

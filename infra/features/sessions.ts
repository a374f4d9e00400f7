import type { ChatSystem } from './chat-system.ts';
import { grantAdmitting, grantListing, titleSettings } from './conversations.ts';
import { grantEndingPresence, grantTellingPresence } from './presence.ts';
import { policySettings, sessionSettings } from './settings.ts';

/** From the handshake to the end of the socket. */
export function addSessions(system: ChatSystem): void {
  const { api, data } = system;
  const { connections, consents, personal } = data;

  const authorize = system.addFunction('authorize', {
    settings: [
      ...policySettings,
      'profilesStored',
      'tokenIssuer',
      'tokenAudience',
      'tokenJwksUri',
      'reach',
      'roomsJoin',
      'allowedOrigins',
      'nativeClients',
    ],
  });
  consents.grant(authorize, 'Query');
  // API Gateway wants a refusal to be an error, so that the function's errors say nothing.
  system.addAlarm('AuthorizerErrors', {
    metric: system.metric({ name: 'AuthorizerErrors', statistic: 'Sum' }),
    above: 4,
    section: 'authorizer-errors',
    says: 'Handshakes fail because the issuer or the consent ledger does not answer',
  });

  const connect = system.addFunction('connect', { settings: [...sessionSettings, 'limits'] });
  api.grantManageConnections(connect);
  connections.grant(connect, 'UpdateItem');
  // What they have set goes beside their connections.
  data.personal.grant(connect, 'GetItem');
  system.grantLive(connect);
  consents.grant(connect, 'Query');
  grantTellingPresence(system, connect);
  api.addConnect(connect, authorize);

  const disconnect = system.addFunction('disconnect', { settings: sessionSettings });
  connections.grant(disconnect, 'UpdateItem');
  system.grantLive(disconnect);
  grantEndingPresence(system, disconnect);
  api.addDisconnect(disconnect);

  system.addRoute('$default', 'default', { withoutConsent: true });

  const hello = system.addAction('hello', {
    withoutConsent: true,
    settings: [
      ...(['messagesStored', 'messageRetentionSeconds', 'handoverSeconds', 'policyUrl'] as const),
      ...titleSettings,
      ...(['editSeconds', 'recallSeconds', 'groups'] as const),
      'reconnectWithinSeconds',
    ],
  });
  personal.grant(hello, 'Query', 'BatchGetItem', 'DeleteItem');
  grantAdmitting(system, hello);
  grantListing(system, hello);
  consents.grant(hello, 'Query');

  system.addAction('ping', { withoutConsent: true });

  const devices = system.addAction('devices');
  connections.grant(devices, 'GetItem', 'UpdateItem');
  system.grantLive(devices);
  api.grantManageConnections(devices);

  const expireConnections = system.addScheduled('expire-connections', 1, {
    settings: ['limits'],
    timeoutSeconds: 60,
  });
  system.addAlarm('OverdueConnections', {
    metric: system.metric({ name: 'OldestOverdueConnectionAge', statistic: 'Maximum', periodMinutes: 15 }),
    above: 300,
    section: 'overdue-connections',
    says: 'A socket should have been cut five minutes ago, or nothing says whether one should',
    silenceIsTrouble: true,
  });
  connections.grantIndexQuery(expireConnections, 'byExpiry');
  connections.grant(expireConnections, 'UpdateItem');
  system.grantLive(expireConnections);
  api.grantManageConnections(expireConnections);
  grantEndingPresence(system, expireConnections);
}

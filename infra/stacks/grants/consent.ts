import type { Granting } from './granting.ts';

/** A withdrawal suspends every membership and cuts every socket. */
export function grantConsent({ fns: { consent }, data, api }: Granting): void {
  const { consents, connections, conversations } = data;
  consents.grantQuery(consent);
  consents.grantPut(consent);
  connections.grantGet(consent);
  connections.grantUpdate(consent);
  conversations.grantQueryByUser(consent);
  conversations.grantUpdate(consent);
  api.grantManageConnections(consent);
}

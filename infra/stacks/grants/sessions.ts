import type { Granting } from './granting.ts';

/** From the handshake to the end of the socket. */
export function grantSessions({ fns, data: { connections, consents }, api }: Granting): void {
  consents.grantQuery(fns.authorize);

  connections.grantUpdate(fns.connect);
  consents.grantQuery(fns.connect);

  connections.grantUpdate(fns.disconnect);

  connections.grantQueryByExpiry(fns.expireConnections);
  connections.grantUpdate(fns.expireConnections);
  api.grantManageConnections(fns.expireConnections);
}

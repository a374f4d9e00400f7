import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import type { ConnectionInfo } from '../connection/connection.ts';
import { readHandshake } from '../connection/handshake.ts';
import { limits } from '../connection/limits.ts';
import { newAwsId } from '../events/aws-id.ts';
import { domainName } from '../events/request-context.ts';
import { openConnection } from '../session/open-connection.ts';
import type { GatewayState } from '../state/gateway-state.ts';
import { admit } from './admit.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

/** Holds the upgrade until authorizer and `$connect` have spoken. */
export async function upgrade(
  state: GatewayState,
  sockets: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const status = refusedOnSight(state, request);
  if (status !== undefined) return refuseUpgrade(socket, status, '{"message":"Forbidden"}');

  const handshake = readHandshake(request, domainName(state.api));
  const connectionId = newAwsId();
  const asked = { connectionId, connectedAt: state.now(), identity: handshake.identity };
  const admission = await admit(state, asked, handshake);
  if (!admission.admitted) {
    state.onEvent({ kind: 'refused', connectionId, status: admission.status });
    return refuseUpgrade(socket, admission.status, admission.body);
  }
  finish(state, sockets, admission.info, admission.subProtocol, request, socket, head);
}

/** `ws` picks among what the client offered; only what `$connect` returned may reach the client. */
function finish(
  state: GatewayState,
  sockets: WebSocketServer,
  info: ConnectionInfo,
  subProtocol: string | undefined,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  if (subProtocol === undefined) delete request.headers['sec-websocket-protocol'];
  else request.headers['sec-websocket-protocol'] = subProtocol;
  sockets.handleUpgrade(request, socket, head, (ws) => openConnection(state, info, ws, socket));
}

function refusedOnSight(
  { api }: GatewayState,
  { url = '/', method, headers }: IncomingMessage,
): number | undefined {
  if (url.length > limits.urlCharacters) return 414;
  if (!/^\/([^/?]+)\/?(?:\?.*)?$/.test(url) || url.split(/[/?]/)[1] !== api.stage) return 403;
  const key = headers['sec-websocket-key'];
  const version = headers['sec-websocket-version'];
  const valid = method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' && version === '13';
  return valid && key !== undefined && /^[+/0-9A-Za-z]{22}==$/.test(key) ? undefined : 400;
}

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { isLocalHost } from './local-host.ts';

const refusal = 'only http://127.0.0.1 and http://localhost';

/**
 * Answers 403 to whoever does not call this machine by a loopback name, before anything else of the server sees the
 * request: a site whose name was pointed at 127.0.0.1 sends its own name.
 */
export function refuseForeignHosts(server: Server): void {
  const requested = listenersOf(server, 'request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isLocalHost(request.headers.host)) for (const listener of requested) listener(request, response);
    else response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' }).end(refusal);
  });
  const upgraded = listenersOf(server, 'upgrade');
  if (upgraded.length === 0) return;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (isLocalHost(request.headers.host)) for (const listener of upgraded) listener(request, socket, head);
    else socket.end(`HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n${refusal}`);
  });
}

type Listener = (...args: unknown[]) => void;

/** Takes them away from the server. */
const listenersOf = (server: Server, event: string): readonly Listener[] => {
  const listeners = server.rawListeners(event) as Listener[];
  server.removeAllListeners(event);
  return listeners;
};

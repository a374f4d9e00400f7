import { createServer, type IncomingMessage, type Server } from 'node:http';
import { WebSocketServer } from 'ws';
import type { FakeLapse } from './fake-lapse-type.ts';

export type Served = { readonly url: string; readonly port: number; close(): Promise<void> };

/** Serves a fake Lapse over real sockets on a free port, with the development token page of the local system. */
export async function serve(lapse: FakeLapse): Promise<Served> {
  const http = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname !== '/local/token') response.statusCode = 404;
    response.end(
      pathname === '/local/token' ? `${searchParams.get('sub')}.development.token` : 'nothing here',
    );
  });
  const server = answerSockets(http, lapse);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `ws://127.0.0.1:${port}/v1`,
    port,
    async close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}

/** Takes the WebSockets of this server for a fake Lapse. */
export function answerSockets(http: Server, lapse: FakeLapse): WebSocketServer {
  const server = new WebSocketServer({
    server: http,
    verifyClient: ({ req }: { req: IncomingMessage }) => !lapse.refuse(offered(req)[1] ?? ''),
    handleProtocols: () => 'lapse.v1',
  });
  server.on('connection', (socket, request) => {
    const link = { send: (text: string) => socket.send(text), close: () => socket.terminate() };
    const line = lapse.accept(offered(request), link);
    socket.on('message', (data) => line?.receive(String(data)));
    socket.on('close', () => line?.gone());
  });
  return server;
}

const offered = (request: IncomingMessage): string[] =>
  (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());

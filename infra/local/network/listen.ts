import type { Server } from 'node:http';
import { refuseForeignHosts } from './guard.ts';

export type Listening = { readonly port: number; readonly origin: string; close(): Promise<void> };

/** Port 0 takes a free one. Every server of this runtime begins here, so that none is without the guard. */
export async function listen(server: Server, port: number, host = '127.0.0.1'): Promise<Listening> {
  refuseForeignHosts(server);
  // Longer than any client keeps an idle socket: a pooled one is never closed under a request.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken ? new Error(`port ${port} is in use: stop what listens there or choose another port`) : error,
      );
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = address !== null && typeof address === 'object' ? address.port : port;
  return {
    port: actual,
    origin: `http://${host}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

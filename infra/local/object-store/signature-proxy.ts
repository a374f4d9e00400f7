import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { localCredentials } from '../local-identity.ts';
import { checkSignature } from './check-signature.ts';
import { refusalXml } from './s3-refusal.ts';

export type SignatureProxy = { readonly endpoint: string; close(): Promise<void> };

/** Stands in front of the object store and lets through what S3 would: correctly signed requests. */
export async function startSignatureProxy(
  storeEndpoint: string,
  now: () => number = Date.now,
): Promise<SignatureProxy> {
  const store = new URL(storeEndpoint);

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const request = {
      method: incoming.method ?? 'GET',
      url: incoming.url ?? '/',
      headers: incoming.headers,
      body,
    };
    const refusal = await checkSignature(request, localCredentials, now());
    if (refusal !== undefined) {
      const xml = refusalXml(refusal);
      outgoing.writeHead(refusal.status, {
        'content-type': 'application/xml',
        'content-length': Buffer.byteLength(xml),
      });
      outgoing.end(request.method === 'HEAD' ? undefined : xml);
      return;
    }
    const forwarded = httpRequest({
      host: store.hostname,
      port: store.port,
      method: request.method,
      path: request.url,
      headers: headersOf(incoming, body),
    });
    forwarded.end(body);
    const [answer] = await once(forwarded, 'response');
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  }

  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing).catch(() => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(503).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The body was read whole, so it goes on with its length instead of in chunks. */
const headersOf = ({ headers }: IncomingMessage, body: Uint8Array) => {
  const { 'transfer-encoding': _chunked, connection: _connection, ...kept } = headers;
  return { ...kept, 'content-length': body.length };
};

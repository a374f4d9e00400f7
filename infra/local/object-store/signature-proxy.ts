import { once } from 'node:events';
import { createServer, IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { EngineAddress } from '../aws/engine-address.ts';
import type { S3Request } from '../aws/signed-request.ts';
import type { LocalCredentials } from '../model/local-identity.ts';
import type { LocalBucket } from '../model/system-model.ts';
import { listen } from '../network/listen.ts';
import { checkPayload } from './check-payload.ts';
import { checkSignature } from './check-signature.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { objectTags } from './object-tags.ts';
import { badTarget, originRefused, refused, type S3Reply } from './s3-refusal.ts';
import { type ObjectAnswer, objectServer } from './serve-object.ts';
import { storageClient } from './storage-client.ts';

export type SignatureProxy = {
  readonly endpoint: string;
  /** From which pages browsers may ask for the objects of a bucket. */
  allowOrigins(bucket: LocalBucket): void;
  close(): Promise<void>;
};

/** Stands in front of the object store and lets through what S3 would: correctly signed requests. */
export async function startSignatureProxy(
  store: EngineAddress,
  credentials: LocalCredentials,
  now: () => number = Date.now,
): Promise<SignatureProxy> {
  const serveObject = objectServer(storageClient(store), objectTags());
  const buckets = new Map<string, LocalBucket>();
  const rulesFor = (url: string) => buckets.get(url.split(/[/?]/)[1] ?? '')?.corsRules ?? [];

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = incoming;
    if (method === 'OPTIONS') {
      const allowed = preflightHeaders(rulesFor(url), headers);
      if (allowed === undefined) send(outgoing, refused(originRefused), method);
      else outgoing.writeHead(200, allowed).end();
      return;
    }
    for (const [name, value] of Object.entries(corsHeaders(rulesFor(url), method, headers))) {
      outgoing.setHeader(name, value);
    }
    send(outgoing, await answer(incoming, { method, url, headers }), method);
  }

  async function answer(incoming: IncomingMessage, request: S3Request): Promise<ObjectAnswer> {
    const refusal = isPlain(request.url) ? await checkSignature(request, credentials, now()) : badTarget;
    if (refusal !== undefined) {
      // Read to its end and forgotten, so that a client still sending hears why.
      incoming.resume();
      await once(incoming, 'end');
      return refused(refusal);
    }
    const body = await buffer(incoming);
    const differs = checkPayload(request.headers, body);
    return differs === undefined ? serveObject({ ...request, body }) : refused(differs);
  }

  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing).catch(() => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(503).end();
    });
  });
  const { origin, close } = await listen(server, 0);
  return {
    endpoint: origin,
    allowOrigins: (bucket) => void buckets.set(bucket.bucketName, bucket),
    close,
  };
}

/** A path and a query: what follows a fragment's sign would be signed by nobody and yet be read by the engine. */
const isPlain = (target: string): boolean => target.startsWith('/') && !target.includes('#');

function send(outgoing: ServerResponse, answer: ObjectAnswer, method: string): void {
  if (answer instanceof IncomingMessage) {
    // How long the engine keeps its own connection is not the client's concern.
    const { connection: _connection, 'keep-alive': _keepAlive, ...headers } = answer.headers;
    outgoing.writeHead(answer.statusCode ?? 502, headers);
    answer.pipe(outgoing);
    return;
  }
  const { status, xml }: S3Reply = answer;
  outgoing.writeHead(status, {
    ...(xml !== '' && { 'content-type': 'application/xml' }),
    'content-length': Buffer.byteLength(xml),
  });
  outgoing.end(method === 'HEAD' ? undefined : xml);
}

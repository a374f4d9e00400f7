import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { LocalCredentials } from '../model/local-identity.ts';
import { listen } from '../network/listen.ts';
import { readBody } from '../network/read-body.ts';
import { askEngine, type EngineAddress } from './engine-address.ts';
import type { Meddler } from './meddler.ts';
import { signatureFault } from './signature-fault.ts';

export type GuardedEngine = { readonly endpoint: string; close(): Promise<void> };

export type GuardedEngineOptions = {
  readonly engine: EngineAddress;
  /** Signing name, e.g. `sqs`. */
  readonly service: string;
  readonly credentials: LocalCredentials;
  readonly meddler?: Meddler | undefined;
};

/** More than either service takes. */
const mostBytes = 20 * 1024 * 1024;

/** Stands in front of an engine that takes whatever comes, and lets through what is signed with the key of this start. */
export async function guardEngine({
  engine,
  service,
  credentials,
  meddler,
}: GuardedEngineOptions): Promise<GuardedEngine> {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, mostBytes);
    const fault =
      body === undefined
        ? 'RequestEntityTooLarge'
        : await signatureFault(request, body, { service, credentials });
    if (fault !== undefined) {
      response.writeHead(403, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(
        JSON.stringify({ __type: fault, message: 'not signed with the key of this local system' }),
      );
      return;
    }
    const { method = 'GET', url: path = '/', headers } = request;
    const operation = String(headers['x-amz-target']).replace(/^.*\./, '');
    const asked = meddler === undefined ? '' : String(body ?? '');
    const refused = meddler?.before(operation, asked);
    if (refused !== undefined) {
      response.writeHead(refused.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(refused.body);
      return;
    }
    const { 'transfer-encoding': _chunked, connection: _connection, expect: _expect, ...kept } = headers;
    const answered = await askEngine(engine, {
      method,
      path,
      headers: { ...kept, 'content-length': body?.length ?? 0 },
      body,
      // Who has gone waits for nothing any more.
      stoppable: (stop) => response.once('close', stop),
    });
    // In one piece: head and body written apart cost a further system call for each answer.
    const given = await buffer(answered);
    const status = answered.statusCode ?? 502;
    const whole =
      meddler === undefined
        ? given
        : Buffer.from(meddler.after(operation, asked, { status, body: String(given) }));
    response.writeHead(status, {
      ...ofTheAnswer(answered.headers),
      'content-length': whole.length,
    });
    response.end(whole);
  }

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(503).end();
    });
  });
  const { origin, close } = await listen(server, 0);
  return { endpoint: origin, close };
}

/** An engine may invite every page; how it sends its answer and keeps its own connection is nobody's concern either. */
const ofTheAnswer = (headers: IncomingMessage['headers']) =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !/^(access-control-|(connection|keep-alive|transfer-encoding|content-length)$)/.test(name),
    ),
  );

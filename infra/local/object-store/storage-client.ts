import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { askEngine, type EngineAddress } from '../aws/engine-address.ts';

/** Asks the engine behind the proxy, which takes whatever comes. */
export type StorageClient = (
  method: string,
  path: string,
  headers?: OutgoingHttpHeaders,
  body?: Uint8Array,
) => Promise<IncomingMessage>;

export const storageClient =
  (store: EngineAddress): StorageClient =>
  (method, path, headers, body) =>
    askEngine(store, { method, path, headers, body });

/** The answer as text; a refusal of the engine is a fault of this runtime. */
export async function succeeded(answer: IncomingMessage): Promise<string> {
  const body = await text(answer);
  const { statusCode = 500 } = answer;
  if (statusCode >= 300) throw new Error(`the object store answers ${statusCode}: ${body}`);
  return body;
}

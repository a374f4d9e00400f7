import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** Asks the engine behind the proxy, which takes whatever comes. */
export type StorageClient = (
  method: string,
  path: string,
  headers?: OutgoingHttpHeaders,
  body?: Uint8Array,
) => Promise<IncomingMessage>;

export function storageClient(endpoint: string): StorageClient {
  const { hostname, port } = new URL(endpoint);
  return async (method, path, headers = {}, body) => {
    const asked = request({ host: hostname, port, method, path, headers });
    asked.end(body);
    const [answer]: IncomingMessage[] = await once(asked, 'response');
    if (answer === undefined) throw new Error('the object store does not answer');
    return answer;
  };
}

/** The answer as text; a refusal of the engine is a fault of this runtime. */
export async function succeeded(answer: IncomingMessage): Promise<string> {
  const body = await text(answer);
  const { statusCode = 500 } = answer;
  if (statusCode >= 300) throw new Error(`the object store answers ${statusCode}: ${body}`);
  return body;
}

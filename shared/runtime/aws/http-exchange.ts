import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';

export type HttpRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
};
export type HttpResponse = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

/** Milliseconds for one attempt: until there is a connection, then until the answer is there. */
export type Timeouts = { readonly connectionTimeout: number; readonly requestTimeout: number };

export type HttpOptions = Timeouts & {
  /** More requests at once than this wait for one another. */
  readonly maxSockets: number;
};

/** @throws an error with a `code` of Node's; `ETIMEDOUT` is also a timeout of our own */
export type HttpExchange = (request: HttpRequest) => Promise<HttpResponse>;

/** HTTP/1.1 to one host over connections that are kept. A timeout ends the request, whatever it waits for. */
export function httpExchange(endpoint: URL, { maxSockets, ...timeouts }: HttpOptions): HttpExchange {
  const { hostname, port, protocol } = endpoint;
  const isSecure = protocol === 'https:';
  const agent = new (isSecure ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets });
  const host = hostname.replace(/^\[|\]$/g, '');
  const address = { host, agent, ...(port !== '' && { port }) };
  const request = isSecure ? httpsRequest : httpRequest;

  return async ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const sent = request({
        ...address,
        method,
        path,
        headers: { ...headers, 'content-length': lengthOf(body) },
      });
      const giveUp = endedInTime(sent, timeouts, isSecure ? 'secureConnect' : 'connect');
      const fail = (error: Error) => {
        giveUp.cancel();
        reject(withTimeoutName(error));
      };
      sent.on('error', fail);
      sent.on('response', (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', fail);
        response.on('end', () => {
          giveUp.cancel();
          const [only = Buffer.alloc(0)] = parts;
          const all = parts.length > 1 ? Buffer.concat(parts) : only;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: all });
        });
      });
      sent.end(body);
    });
}

const lengthOf = (body: string | Uint8Array): number =>
  typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;

/** Ends the request when it has no connection in time, and again when the answer is not there in time after that. */
function endedInTime(
  sent: ClientRequest,
  { connectionTimeout, requestTimeout }: Timeouts,
  connected: 'connect' | 'secureConnect',
): { cancel(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const within = (millis: number, what: string) => {
    clearTimeout(timer);
    if (isOver) return;
    timer = setTimeout(() => {
      // After this round of the event loop: what has kept the loop busy may have kept the answer from being read, too.
      setImmediate(() => {
        if (!isOver) sent.destroy(timedOut(`no ${what} after ${millis} ms`));
      });
    }, millis);
  };
  sent.once('socket', (socket: Socket) => {
    if (!socket.connecting) return within(requestTimeout, 'answer');
    within(connectionTimeout, 'connection');
    socket.once(connected, () => within(requestTimeout, 'answer'));
  });
  return {
    cancel() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

const timedOut = (message: string): Error => Object.assign(new Error(message), { code: 'ETIMEDOUT' });

const interruptions = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT']);

/** As AWS's own handler names what may or may not have arrived. */
function withTimeoutName(error: Error & { readonly code?: string }): Error {
  if (interruptions.has(error.code ?? '')) error.name = 'TimeoutError';
  return error;
}

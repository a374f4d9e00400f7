import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** Where an engine listens: an origin, or a socket in the file system that nothing on a network can reach. */
export type EngineAddress = { readonly origin: string } | { readonly socketPath: string };

export type EngineRequest = {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders | undefined;
  readonly body?: Uint8Array | string | undefined;
  /** Is told how to give up waiting for the answer. An `AbortSignal` for each request costs more than the request. */
  readonly stoppable?: ((stop: () => void) => void) | undefined;
  /** For the few that are waited at. */
  readonly signal?: AbortSignal | undefined;
};

/** Not `fetch`: it knows no sockets and refuses the ports that browsers refuse. */
export function askEngine(
  address: EngineAddress,
  { method, path, headers = {}, body, stoppable, signal }: EngineRequest,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { method, path, headers, ...(signal !== undefined && { signal }) };
    const asked =
      'socketPath' in address
        ? httpRequest({ ...options, socketPath: address.socketPath })
        : (address.origin.startsWith('https:') ? httpsRequest : httpRequest)(address.origin, options);
    asked.on('response', resolve).on('error', reject);
    stoppable?.(() => asked.destroy());
    asked.end(body);
  });
}

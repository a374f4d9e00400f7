import { once } from 'node:events';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A request as it goes over the wire, with nothing tidied up on the way. */
export type WireRequest = {
  readonly method: string;
  /** What stands after the method: path and query, or whatever else somebody writes there. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type WireAnswer = { readonly status: number; readonly headers: object; readonly body: Buffer };

/** Sends it to the host of `endpoint`, whatever its own `host` says. */
export async function sendWire(
  endpoint: string,
  { method, target, headers, body }: WireRequest,
): Promise<WireAnswer> {
  const { hostname, port, host } = new URL(endpoint);
  const asked = request({
    ...{ host: hostname, port, method, path: target, agent: false },
    headers: { host, ...headers, ...(body.length > 0 && { 'content-length': String(body.length) }) },
  });
  asked.end(body);
  const [answer] = await once(asked, 'response');
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
}

import { type Headers, header } from './header.ts';

/** The sub-protocol that the server selects; the token travels as the second one, out of every URL and log. */
export const subProtocol = 'lapse.v1';

/** The token of `Sec-WebSocket-Protocol: lapse.v1, <token>`; undefined when the header has another form. */
export function offeredToken(headers: Headers): string | undefined {
  const offered = (header(headers, 'sec-websocket-protocol') ?? '').split(',').map((item) => item.trim());
  const [first, token, ...rest] = offered;
  return first === subProtocol && rest.length === 0 ? token : undefined;
}

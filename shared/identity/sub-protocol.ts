/** The sub-protocol that the server selects; the token travels as the second one, out of every URL and log. */
export const subProtocol = 'lapse.v1';

type Headers = Readonly<Record<string, string | undefined>>;

/** The token of `Sec-WebSocket-Protocol: lapse.v1, <token>`; undefined when the header has another form. */
export function offeredToken(headers: Headers): string | undefined {
  const name = Object.keys(headers).find((key) => key.toLowerCase() === 'sec-websocket-protocol');
  const offered = (name === undefined ? '' : (headers[name] ?? '')).split(',').map((item) => item.trim());
  const [first, token, ...rest] = offered;
  return first === subProtocol && rest.length === 0 ? token : undefined;
}

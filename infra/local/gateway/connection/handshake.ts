import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Identity } from './connection.ts';

export type MultiValue = {
  readonly single: Record<string, string>;
  readonly multi: Record<string, string[]>;
};

/** The client's request to upgrade, as the events show it. */
export type Handshake = {
  readonly path: string;
  readonly headers: MultiValue;
  /** Absent when the URL has no query string. */
  readonly query?: MultiValue;
  readonly identity: Identity;
};

export function readHandshake(request: IncomingMessage, domain: string): Handshake {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const query = multiValue(new URLSearchParams(mark < 0 ? '' : url.slice(mark)));
  const sourceIp = (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  const userAgent = request.headers['user-agent'];
  return {
    path: mark < 0 ? url : url.slice(0, mark),
    headers: multiValue([...clientHeaders(request, domain), ...addedHeaders(sourceIp)]),
    ...(Object.keys(query.single).length === 0 ? {} : { query }),
    identity: { ...(userAgent === undefined ? {} : { userAgent }), sourceIp },
  };
}

/** Header names keep the client's case; the last of several values wins in the single-value form. */
function multiValue(pairs: Iterable<readonly [string, string]>): MultiValue {
  const multi = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = multi.get(name);
    if (values === undefined) multi.set(name, [value]);
    else values.push(value);
  }
  const single = [...multi].map(([name, values]): [string, string] => [name, values.at(-1) ?? '']);
  return { single: Object.fromEntries(single), multi: Object.fromEntries(multi) };
}

function* clientHeaders({ rawHeaders }: IncomingMessage, domain: string): Generator<[string, string]> {
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    yield [name, name.toLowerCase() === 'host' ? domain : (rawHeaders[i + 1] ?? '')];
  }
}

function addedHeaders(sourceIp: string): [string, string][] {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return [
    ['X-Amzn-Trace-Id', `Root=1-${seconds}-${randomBytes(12).toString('hex')}`],
    ['X-Forwarded-For', sourceIp],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { userId } from '../../../shared/protocol/values.ts';
import { isLocalHost } from '../network/local-host.ts';
import { requestUrl } from '../network/request-url.ts';
import type { Issuer, ProfileClaims } from './issuer.ts';

/** Handles a request of the issuer and says so; leaves every other to the gateway. */
export type HttpRoute = (request: IncomingMessage, response: ServerResponse) => boolean;

export const jwksPath = (poolId: string): string => `/${poolId}/.well-known/jwks.json`;

/** No page of another origin can load it, let alone read it or take it for a script. */
const forThisOriginOnly = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
};

/** A year either way is more than any test needs. */
const mostMinutes = 525_600;

export type IssuerEndpointOptions = {
  /** Whether pages of any origin on this machine get tokens, such as an app in development. */
  readonly forLocalApps?: boolean | undefined;
};

export function issuerEndpoint(
  issuer: Issuer,
  poolId: string,
  { forLocalApps = false }: IssuerEndpointOptions = {},
): HttpRoute {
  return (request, response) => {
    const { pathname, searchParams } = requestUrl(request);
    if (pathname === jwksPath(poolId)) {
      response
        .writeHead(200, { 'content-type': 'application/json', ...forThisOriginOnly })
        .end(issuer.keys());
      return true;
    }
    if (pathname !== '/local/token') return false;
    const app = forLocalApps ? localOrigin(request) : undefined;
    void answerToken(issuer, searchParams, request, response, app);
    return true;
  };
}

async function answerToken(
  issuer: Issuer,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
  app: string | undefined,
): Promise<void> {
  const text = (status: number, body: string) =>
    response
      .writeHead(status, {
        'content-type': 'text/plain; charset=utf-8',
        ...forThisOriginOnly,
        vary: 'origin',
        ...(app !== undefined && { 'access-control-allow-origin': app }),
      })
      .end(body);
  const sub = query.get('sub') ?? '';
  const minutes = minutesOf(query.get('minutes') ?? '60');
  const algorithm = query.get('algorithm') ?? 'RS256';
  if (request.method !== 'GET') return void text(405, 'only GET');
  // Another site's page must not fetch a token, nor reach us under a name of its own.
  if (app === undefined && !fromHere(request)) return void text(403, 'only for the page of this system');
  if (!isLocalHost(request.headers.host)) return void text(403, 'only http://127.0.0.1 and http://localhost');
  if (!userId.safeParse(sub).success)
    return void text(400, 'a user id has 1 to 128 printable ASCII characters, no space and no #');
  if (!(Math.abs(minutes) <= mostMinutes))
    return void text(400, `minutes: a number between -${mostMinutes} and ${mostMinutes}`);
  if (algorithm !== 'RS256' && algorithm !== 'ES256') return void text(400, 'algorithm: RS256 or ES256');
  try {
    text(200, await issuer.token(sub, minutes, profileOf(query), algorithm));
  } catch (error) {
    text(500, error instanceof Error ? error.message : 'no token');
  }
}

/** The origin of a page on this machine, whatever its port. */
function localOrigin({ headers: { origin } }: IncomingMessage): string | undefined {
  const [, host] = /^https?:\/\/(.+)$/.exec(origin ?? '') ?? [];
  return isLocalHost(host) ? origin : undefined;
}

/** A browser says where a page that asks is from; commands say nothing. */
const fromHere = ({ headers }: IncomingMessage): boolean =>
  (headers.origin === undefined || headers.origin === `http://${headers.host}`) &&
  ['same-origin', 'none', undefined].includes(String(headers['sec-fetch-site'] ?? 'none'));

/** `Number('')` would be 0, and the token one that has expired. */
const minutesOf = (text: string): number => (/\d/.test(text) ? Number(text) : Number.NaN);

const profileOf = (query: URLSearchParams): ProfileClaims => {
  const nickname = query.get('nickname');
  const picture = query.get('picture');
  return { ...(nickname !== null && { nickname }), ...(picture !== null && { picture }) };
};

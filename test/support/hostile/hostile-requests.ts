import fc from 'fast-check';
import type { WireRequest } from './wire-request.ts';

export type Change = (request: WireRequest) => WireRequest;

const withQuery = (
  request: WireRequest,
  change: (pairs: readonly string[]) => readonly string[],
): WireRequest => {
  const [path = '', query = ''] = request.target.split('?');
  return { ...request, target: `${path}?${change(query.split('&')).join('&')}` };
};

const withPath = (request: WireRequest, change: (path: string) => string): WireRequest => {
  const [path = '', ...query] = request.target.split('?');
  return { ...request, target: [change(path), ...query].join('?') };
};

const withHeader = (request: WireRequest, name: string, value: string): WireRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value },
});

const otherMethods = fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS').map(
  (method): Change =>
    (request) =>
      method === request.method ? { ...request, method: 'DELETE' } : { ...request, method },
);

/** `other`: the path of an object that the address is not for. */
const otherPaths = (other: string, endpoint: string) =>
  fc.constantFrom<Change>(
    (request) => withPath(request, () => other),
    (request) => withPath(request, () => other.replace('/media/', '/MEDIA/')),
    (request) => withPath(request, () => other.replace(/[^/]+$/, '')),
    (request) => withPath(request, () => '/media'),
    (request) => withPath(request, () => '/'),
    (request) => withPath(request, (path) => `/${path}`),
    (request) => withPath(request, (path) => `${path}/`),
    (request) => withPath(request, (path) => `${path}2`),
    (request) => withPath(request, (path) => `${path}%00`),
    (request) => withPath(request, (path) => `${path}%2F..%2F..%2F..${other}`),
    (request) => withPath(request, (path) => `${path}/../../../..${other}`),
    (request) => withPath(request, (path) => `${path}/%2e%2e/%2e%2e/%2e%2e/%2e%2e${other}`),
    (request) => withPath(request, (path) => `${other}/../..${path}`),
    (request) => withPath(request, (path) => `${other}#${path}`),
    (request) => withPath(request, (path) => `${other}%3f${path}`),
    (request) => withPath(request, (path) => `${other};${path}`),
    (request) => withPath(request, () => `${endpoint}${other}`),
    (request) => ({ ...request, target: `${other}?x=${request.target}` }),
    (request) => ({ ...request, target: `${other}?${request.target}` }),
  );

/** What S3 would do something else by, if it took it. */
const subResources = [
  ...[
    'acl',
    'tagging',
    'delete',
    'uploads',
    'policy',
    'cors',
    'versioning',
    'versions',
    'lifecycle',
    'torrent',
  ],
  ...[
    'restore',
    'retention',
    'legal-hold',
    'object-lock',
    'attributes',
    'select&select-type=2',
    'list-type=2',
  ],
  ...['uploadId=x&partNumber=1', 'partNumber=1', 'versionId=null', 'website', 'encryption', 'notification'],
  ...[
    'response-content-type=text/html',
    'response-content-disposition=inline',
    'response-cache-control=public',
  ],
  ...[
    'response-content-encoding=gzip',
    'response-expires=x',
    'response-content-language=x',
    '%74agging',
    'TAGGING',
  ],
  ...[
    'X-Amz-Expires=604800',
    'x-amz-expires=604800',
    'X-Amz-Security-Token=x',
    'x-amz-acl=public-read',
    'x-id=x',
  ],
  ...[
    'x-amz-tagging=a',
    'x-amz-copy-source=/media/x',
    'x-amz-meta-a=b',
    'X-Amz-SignedHeaders=host',
    '=',
    'a=b',
  ],
];

const otherQueries = fc.oneof(
  fc.constantFrom(...subResources).map(
    (more): Change =>
      (request) =>
        withQuery(request, (pairs) => [...pairs, more]),
  ),
  fc.constantFrom(...subResources).map(
    (more): Change =>
      (request) =>
        withQuery(request, (pairs) => [more, ...pairs]),
  ),
  fc.constantFrom('tagging', 'acl', 'uploads').map(
    (more): Change =>
      (request) => ({ ...request, target: `${request.target}#&${more}` }),
  ),
  fc.constantFrom('tagging', 'acl', 'uploads').map(
    (more): Change =>
      (request) => ({ ...request, target: `${request.target}?${more}` }),
  ),
  fc.nat().map(
    (choice): Change =>
      (request) =>
        withQuery(request, (pairs) => pairs.filter((_, at) => at !== choice % pairs.length)),
  ),
  fc.nat().map(
    (choice): Change =>
      (request) =>
        withQuery(request, (pairs) => [...pairs, pairs[choice % pairs.length] ?? '']),
  ),
  fc.tuple(fc.nat(), fc.constantFrom('0', 'a', '%20', '%00', ';', '%3Bx-amz-acl')).map(
    ([choice, more]): Change =>
      (request) =>
        withQuery(request, (pairs) =>
          pairs.map((pair, at) => (at === choice % pairs.length ? `${pair}${more}` : pair)),
        ),
  ),
  fc.constantFrom('1', '604800', '1e9', '-1', '0', 'Infinity', '').map(
    (seconds): Change =>
      (request) =>
        withQuery(request, (pairs) =>
          pairs.map((pair) => pair.replace(/^(X-Amz-Expires=).*/, `$1${seconds}`)),
        ),
  ),
  fc.constantFrom('host', 'content-length', 'Host', '').map(
    (names): Change =>
      (request) =>
        withQuery(request, (pairs) =>
          pairs.map((pair) =>
            pair.replace(/^(X-Amz-SignedHeaders=).*/, `$1${names === 'host' ? 'host%3Bx' : names}`),
          ),
        ),
  ),
);

const copied = '/media/incoming/other/1';

/** None of these is signed, and S3 would do something by each. */
const moreHeaders = fc
  .constantFrom<readonly [string, string]>(
    ...(['private', 'public-read', 'public-read-write', 'bucket-owner-full-control'] as const).map(
      (acl) => ['x-amz-acl', acl] as const,
    ),
    ...(['read', 'read-acp', 'write-acp', 'full-control'] as const).map(
      (grant) => [`x-amz-grant-${grant}`, 'uri="http://acs.amazonaws.com/groups/global/AllUsers"'] as const,
    ),
    ['x-amz-tagging', 'lapse=timed'],
    ['x-amz-copy-source', copied],
    ['x-amz-copy-source-range', 'bytes=0-1'],
    ['x-amz-website-redirect-location', 'https://evil.example'],
    ['x-amz-object-lock-mode', 'COMPLIANCE'],
    ['x-amz-object-lock-retain-until-date', '2099-01-01T00:00:00Z'],
    ['x-amz-object-lock-legal-hold', 'ON'],
    ['x-amz-bypass-governance-retention', 'true'],
    ['x-amz-storage-class', 'GLACIER'],
    ['x-amz-server-side-encryption', 'aws:kms'],
    ['x-amz-server-side-encryption-customer-algorithm', 'AES256'],
    ['x-amz-meta-name', 'value'],
    ['x-amz-checksum-crc32', 'AAAAAA=='],
    ['x-amz-checksum-mode', 'ENABLED'],
    ['x-amz-sdk-checksum-algorithm', 'CRC32'],
    ['x-amz-trailer', 'x-amz-checksum-crc32'],
    ['x-amz-decoded-content-length', '1'],
    ['x-amz-write-offset-bytes', '1'],
    ['x-amz-security-token', 'x'],
    ['x-amz-date', '20200101T000000Z'],
    ['x-amz-mfa', '1 2'],
    ['x-amz-request-payer', 'requester'],
    ['x-amz-expected-bucket-owner', '1'],
    ['x-amz-content-sha256', '0'.repeat(64)],
    ['X-AMZ-ACL', 'public-read'],
  )
  .map(
    ([name, value]): Change =>
      (request) =>
        withHeader(request, name, value),
  );

/** Of what is signed: each one gone, and each one different. */
const otherHeaders = fc.oneof(
  fc.constantFrom('evil.example', 'media.127.0.0.1', '127.0.0.1:1', 'localhost').map(
    (host): Change =>
      (request) =>
        withHeader(request, 'host', host),
  ),
  fc.tuple(fc.nat(), fc.constantFrom('', 'x', 'text/html', '*', '"etag"', '0')).map(
    ([choice, value]): Change =>
      (request) => {
        const names = Object.keys(request.headers);
        const name = names[choice % names.length];
        if (name === undefined || request.headers[name] === value)
          return withHeader(request, 'host', 'evil.example');
        return withHeader(request, name, value);
      },
  ),
  fc.nat().map(
    (choice): Change =>
      (request) => {
        const names = Object.keys(request.headers);
        const kept = names.filter((_, at) => at !== choice % names.length);
        if (names.length === 0) return { ...request, method: 'PUT' };
        return {
          ...request,
          headers: Object.fromEntries(kept.map((name) => [name, request.headers[name] ?? ''])),
        };
      },
  ),
);

/** Only where there is a body to be put. */
const otherBodies = fc.constantFrom<(body: Buffer) => Buffer>(
  () => Buffer.from(''),
  (body) => Buffer.concat([body, Buffer.from('!')]),
  (body) => body.subarray(1),
  (body) => Buffer.from(body.map((byte) => byte ^ 1)),
  (body) =>
    Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]),
);

/** One change of what an address and its headers say. */
export const hostileChanges = (other: string, endpoint: string): fc.Arbitrary<Change> =>
  fc.oneof(
    otherMethods,
    otherPaths(other, endpoint),
    otherQueries,
    moreHeaders,
    otherHeaders,
    otherBodies.map(
      (change): Change =>
        (request) =>
          request.body.length === 0
            ? { ...request, method: 'PUT', body: Buffer.from('forgery') }
            : { ...request, body: change(request.body) },
    ),
  );

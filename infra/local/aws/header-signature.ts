import { createHmac, hash, type KeyObject } from 'node:crypto';
import { signingKey, uriEncoded } from '../../../shared/runtime/aws/signer.ts';
import type { LocalCredentials } from '../model/local-identity.ts';
import type { S3Request, SignatureClaim } from './signed-request.ts';

type HeaderSignature = (
  request: S3Request & { readonly body: Uint8Array },
  claim: SignatureClaim,
) => string | undefined;

/**
 * The signature of the requests that functions make all the time: by header, to a path without a query, of a service other
 * than S3. `undefined` for any other, which AWS's own signer has to work out. It derives its key anew for each request, and
 * checking was a tenth of what this process did for a message; here the key of a day is kept.
 */
export function headerSignature({ secretAccessKey }: LocalCredentials): HeaderSignature {
  const keys = new Map<string, KeyObject>();

  function keyOf(day: string, region: string, service: string): KeyObject {
    const scope = `${day}/${region}/${service}`;
    const kept = keys.get(scope);
    if (kept !== undefined) return kept;
    // Another day or region is rare, and whoever asks for ever new ones shall not fill the memory.
    if (keys.size >= 32) keys.clear();
    const key = signingKey(secretAccessKey, { day, region, service });
    keys.set(scope, key);
    return key;
  }

  return ({ method, url, headers, body }, { kind, service, region, signedAt, signedHeaders }) => {
    if (kind !== 'header' || service === 's3' || !plainPath.test(url)) return undefined;
    if ([...signedHeaders].sort().join() !== signedHeaders.join()) return undefined;
    const time = signedAt.toISOString().replace(/[-:]|\.\d+/g, '');
    const day = time.slice(0, 8);
    const lines = signedHeaders.map((name) => `${name}:${inOneLine(headers[name])}\n`).join('');
    const announced = headers['x-amz-content-sha256'];
    const payload = announced === undefined ? hash('sha256', body, 'hex') : String(announced);
    const path = url.split('/').map(uriEncoded).join('/');
    const canonical = `${method}\n${path}\n\n${lines}\n${signedHeaders.join(';')}\n${payload}`;
    const scope = `${day}/${region}/${service}/aws4_request`;
    const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash('sha256', canonical, 'hex')}`;
    return createHmac('sha256', keyOf(day, region, service))
      .update(text)
      .digest('hex');
  };
}

/** Nothing that a signer would normalize, and no query. */
const plainPath = /^\/(?:[^/?#.]+(?:\/[^/?#.]+)*)?$/;

const inOneLine = (value: string | string[] | undefined): string =>
  String(value ?? '')
    .trim()
    .replace(/\s+/g, ' ');

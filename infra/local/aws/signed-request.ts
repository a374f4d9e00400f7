import type { IncomingHttpHeaders } from 'node:http';

export type S3Request = {
  readonly method: string;
  /** Path and query as they stand on the wire. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
};

/** What a request says about its own signature. */
export type SignatureClaim = {
  readonly kind: 'header' | 'query';
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly signedAt: Date;
  /** Only a presigned URL has one. */
  readonly expiresInSeconds: number | undefined;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
};

export type ClaimReading =
  | { readonly state: 'unsigned' }
  | { readonly state: 'malformed' }
  | { readonly state: 'signed'; readonly claim: SignatureClaim };

const algorithm = 'AWS4-HMAC-SHA256';

/** `20261123T200000Z`; NaN for anything else. */
const parseAmzDate = (text: string): Date =>
  new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

export const parsedUrl = (url: string): URL => new URL(url, 'http://localhost');

/** Reads the Authorization header or the query parameters of a presigned URL. */
export function readClaim({ url, headers }: S3Request): ClaimReading {
  const query = parsedUrl(url).searchParams;
  if (query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature')) {
    // Given twice, one of the two would be outside of what is signed.
    const once = (name: string): string | null => (query.getAll(name).length === 1 ? query.get(name) : null);
    return claim('query', once('X-Amz-Algorithm'), {
      credential: once('X-Amz-Credential'),
      signedHeaders: once('X-Amz-SignedHeaders'),
      signature: once('X-Amz-Signature'),
      date: once('X-Amz-Date'),
      expires: once('X-Amz-Expires'),
    });
  }
  const authorization = headers.authorization;
  if (authorization === undefined) return { state: 'unsigned' };
  const part = (name: string): string | null =>
    new RegExp(`${name}=([^, ]+)`).exec(authorization)?.[1] ?? null;
  return claim('header', authorization.split(' ')[0] ?? null, {
    credential: part('Credential'),
    signedHeaders: part('SignedHeaders'),
    signature: part('Signature'),
    date: String(headers['x-amz-date'] ?? ''),
    expires: null,
  });
}

type Parts = Readonly<
  Record<'credential' | 'signedHeaders' | 'signature' | 'date' | 'expires', string | null>
>;

const claim = (kind: 'header' | 'query', given: string | null, parts: Parts): ClaimReading => {
  const [accessKeyId, day, region, service, end, ...rest] = parts.credential?.split('/') ?? [];
  const signedAt = parseAmzDate(parts.date ?? '');
  // Digits alone: what reads as the same number would be signed as the same.
  const expires = /^[1-9]\d{0,5}$/.test(parts.expires ?? '') ? Number(parts.expires) : Number.NaN;
  const expiresInSeconds = kind === 'query' ? expires : undefined;
  const complete =
    given === algorithm &&
    end === 'aws4_request' &&
    rest.length === 0 &&
    parts.date?.startsWith(day ?? '-') &&
    !Number.isNaN(signedAt.getTime());
  if (!complete || accessKeyId === undefined || region === undefined || service === undefined)
    return { state: 'malformed' };
  if (parts.signature === null || parts.signedHeaders === null) return { state: 'malformed' };
  if (expiresInSeconds !== undefined && !(expiresInSeconds >= 1 && expiresInSeconds <= 604_800))
    return { state: 'malformed' };
  const signedHeaders = parts.signedHeaders.split(';');
  return {
    state: 'signed',
    claim: {
      kind,
      accessKeyId,
      region,
      service,
      signedAt,
      expiresInSeconds,
      signedHeaders,
      signature: parts.signature,
    },
  };
};

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { LocalCredentials } from '../model/local-identity.ts';
import { expectedSignature } from './expected-signature.ts';
import { headerSignature } from './header-signature.ts';
import { readClaim } from './signed-request.ts';

/** Each start has credentials of its own, for as long as it runs. */
const signatures = new WeakMap<LocalCredentials, ReturnType<typeof headerSignature>>();

function headerSignatureOf(credentials: LocalCredentials): ReturnType<typeof headerSignature> {
  const kept = signatures.get(credentials) ?? headerSignature(credentials);
  signatures.set(credentials, kept);
  return kept;
}

const maximumSkewMs = 15 * 60 * 1000;

type Asked = {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
};

export type SignatureCheck = {
  /** Signing name, e.g. `dynamodb`. */
  readonly service: string;
  readonly credentials: LocalCredentials;
  readonly now?: () => number;
};

/** Why a call of a service other than S3 is refused, in AWS's own names; `undefined` for one that is signed rightly. */
export async function signatureFault(
  { method = 'GET', url = '/', headers }: Asked,
  body: Uint8Array,
  { service, credentials, now = Date.now }: SignatureCheck,
): Promise<string | undefined> {
  // No page has anything to ask here, signed or not.
  if (headers.origin !== undefined) return 'AccessDeniedException';
  const request = { method, url, headers };
  const reading = readClaim(request);
  if (reading.state === 'unsigned') return 'MissingAuthenticationTokenException';
  if (reading.state === 'malformed' || reading.claim.kind !== 'header') return 'IncompleteSignatureException';
  const { claim } = reading;
  if (claim.accessKeyId !== credentials.accessKeyId) return 'UnrecognizedClientException';
  if (claim.service !== service || Math.abs(now() - claim.signedAt.getTime()) > maximumSkewMs)
    return 'InvalidSignatureException';
  const signed = new Set(claim.signedHeaders);
  const open = Object.keys(headers).filter((name) => name.startsWith('x-amz-') && !signed.has(name));
  if (!signed.has('host') || open.length > 0) return 'InvalidSignatureException';
  const announced = headers['x-amz-content-sha256'];
  if (announced !== undefined && announced !== createHash('sha256').update(body).digest('hex'))
    return 'InvalidSignatureException';
  const asked = { ...request, body };
  const quick = headerSignatureOf(credentials)(asked, claim);
  const expected = Buffer.from(quick ?? (await expectedSignature(asked, claim, credentials)));
  const given = Buffer.from(claim.signature);
  return expected.length === given.length && timingSafeEqual(expected, given)
    ? undefined
    : 'InvalidSignatureException';
}

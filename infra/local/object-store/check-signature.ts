import { createHash, timingSafeEqual } from 'node:crypto';
import type { LocalCredentials } from '../local-identity.ts';
import { expectedSignature } from './expected-signature.ts';
import {
  accessDenied,
  badChecksum,
  malformedQuery,
  payloadMismatch,
  type S3Refusal,
  signatureMismatch,
  timeTooSkewed,
  unknownKey,
} from './s3-refusal.ts';
import { readClaim, type S3Request, type SignatureClaim } from './signed-request.ts';

const maximumSkewMs = 15 * 60 * 1000;

/** Refuses what S3 would refuse: no, foreign, expired or wrong signatures, and payloads other than the signed ones. */
export async function checkSignature(
  request: S3Request,
  credentials: LocalCredentials,
  now: number,
): Promise<S3Refusal | undefined> {
  const reading = readClaim(request);
  if (reading.state === 'unsigned') return accessDenied();
  if (reading.state === 'malformed')
    return request.headers.authorization === undefined ? malformedQuery : accessDenied();
  const { claim } = reading;
  if (claim.accessKeyId !== credentials.accessKeyId) return unknownKey;
  const refusal = checkTime(claim, now) ?? checkSignedHeaders(request, claim);
  if (refusal !== undefined) return refusal;
  const expected = Buffer.from(await expectedSignature(request, claim, credentials));
  const given = Buffer.from(claim.signature);
  if (claim.service !== 's3' || expected.length !== given.length || !timingSafeEqual(expected, given))
    return signatureMismatch;
  return checkPayload(request);
}

const checkTime = ({ signedAt, expiresInSeconds }: SignatureClaim, now: number): S3Refusal | undefined => {
  if (expiresInSeconds === undefined)
    return Math.abs(now - signedAt.getTime()) > maximumSkewMs ? timeTooSkewed : undefined;
  if (signedAt.getTime() - now > maximumSkewMs) return accessDenied('Request is not valid yet');
  return signedAt.getTime() + expiresInSeconds * 1000 < now ? accessDenied('Request has expired') : undefined;
};

/** Every x-amz- header must be signed, or somebody on the way could add one. */
const checkSignedHeaders = ({ headers }: S3Request, claim: SignatureClaim): S3Refusal | undefined => {
  const unsigned = Object.keys(headers).filter(
    (name) => name.startsWith('x-amz-') && !claim.signedHeaders.includes(name),
  );
  const allowed = claim.kind === 'query' && unsigned.every((name) => name === 'x-amz-content-sha256');
  if (!claim.signedHeaders.includes('host')) return signatureMismatch;
  return unsigned.length === 0 || allowed
    ? undefined
    : accessDenied('There were headers present in the request which were not signed');
};

const sha256 = (body: Uint8Array, encoding: 'hex' | 'base64'): string =>
  createHash('sha256').update(body).digest(encoding);

const checkPayload = ({ headers, body }: S3Request): S3Refusal | undefined => {
  const payload = headers['x-amz-content-sha256'];
  if (typeof payload === 'string' && /^[0-9a-f]{64}$/.test(payload) && payload !== sha256(body, 'hex'))
    return payloadMismatch;
  const checksum = headers['x-amz-checksum-sha256'];
  return typeof checksum === 'string' && checksum !== sha256(body, 'base64') ? badChecksum : undefined;
};

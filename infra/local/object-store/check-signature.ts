import { timingSafeEqual } from 'node:crypto';
import { expectedSignature } from '../aws/expected-signature.ts';
import { readClaim, type S3Request, type SignatureClaim } from '../aws/signed-request.ts';
import type { LocalCredentials } from '../model/local-identity.ts';
import {
  accessDenied,
  malformedQuery,
  type S3Refusal,
  signatureMismatch,
  timeTooSkewed,
  unknownKey,
} from './s3-refusal.ts';

const maximumSkewMs = 15 * 60 * 1000;

/** Refuses what S3 would refuse before it reads the payload: no, foreign, expired or wrong signatures. */
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
  return undefined;
}

const checkTime = ({ signedAt, expiresInSeconds }: SignatureClaim, now: number): S3Refusal | undefined => {
  if (expiresInSeconds === undefined)
    return Math.abs(now - signedAt.getTime()) > maximumSkewMs ? timeTooSkewed : undefined;
  if (signedAt.getTime() - now > maximumSkewMs) return accessDenied('Request is not valid yet');
  return signedAt.getTime() + expiresInSeconds * 1000 < now ? accessDenied('Request has expired') : undefined;
};

/** What a presigned address may come with unsigned: a hash of the payload or none, but no framing of its own. */
const isPayload = /^(UNSIGNED-PAYLOAD|[0-9a-f]{64})$/;

const unsignedRefusal = accessDenied('There were headers present in the request which were not signed');

/** Every x-amz- header must be signed, or somebody on the way could add one. */
const checkSignedHeaders = ({ headers }: S3Request, claim: SignatureClaim): S3Refusal | undefined => {
  const unsigned = Object.keys(headers).filter(
    (name) => name.startsWith('x-amz-') && !claim.signedHeaders.includes(name),
  );
  if (!claim.signedHeaders.includes('host')) return signatureMismatch;
  if (claim.kind === 'header') return unsigned.length === 0 ? undefined : unsignedRefusal;
  const allowed = unsigned.every(
    (name) => name === 'x-amz-content-sha256' && isPayload.test(String(headers[name])),
  );
  // The engine would take the bytes out of chunks that nobody has signed.
  const framed = headers['content-encoding']?.includes('aws-chunked');
  return allowed && framed !== true ? undefined : unsignedRefusal;
};

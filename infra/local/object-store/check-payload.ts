import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { badChecksum, payloadMismatch, type S3Refusal } from './s3-refusal.ts';

const sha256 = (body: Uint8Array, encoding: 'hex' | 'base64'): string =>
  createHash('sha256').update(body).digest(encoding);

/** Refuses a payload other than the one that the signed headers announce. */
export function checkPayload(headers: IncomingHttpHeaders, body: Uint8Array): S3Refusal | undefined {
  const payload = headers['x-amz-content-sha256'];
  if (typeof payload === 'string' && /^[0-9a-f]{64}$/.test(payload) && payload !== sha256(body, 'hex'))
    return payloadMismatch;
  const checksum = headers['x-amz-checksum-sha256'];
  return typeof checksum === 'string' && checksum !== sha256(body, 'base64') ? badChecksum : undefined;
}

import { randomUUID } from 'node:crypto';

/** Why a request is refused, in S3's own words. */
export type S3Refusal = { readonly status: number; readonly code: string; readonly message: string };

export type S3Reply = { readonly status: number; readonly xml: string };

const refusal = (status: number, code: string, message: string): S3Refusal => ({ status, code, message });

export const accessDenied = (message = 'Access Denied'): S3Refusal => refusal(403, 'AccessDenied', message);

export const unknownKey = refusal(
  403,
  'InvalidAccessKeyId',
  'The AWS Access Key Id you provided does not exist in our records.',
);

export const signatureMismatch = refusal(
  403,
  'SignatureDoesNotMatch',
  'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
);

export const timeTooSkewed = refusal(
  403,
  'RequestTimeTooSkewed',
  'The difference between the request time and the current time is too large.',
);

export const malformedQuery = refusal(
  400,
  'AuthorizationQueryParametersError',
  'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
);

export const badTarget = refusal(400, 'InvalidURI', "Couldn't parse the specified URI.");

export const payloadMismatch = refusal(
  400,
  'XAmzContentSHA256Mismatch',
  "The provided 'x-amz-content-sha256' header does not match what was computed.",
);

export const badChecksum = refusal(
  400,
  'BadDigest',
  'The SHA256 you specified did not match the calculated checksum.',
);

export const noSuchKey = refusal(404, 'NoSuchKey', 'The specified key does not exist.');

export const preconditionFailed = refusal(
  412,
  'PreconditionFailed',
  'At least one of the pre-conditions you specified did not hold',
);

export const conditionalConflict = refusal(
  409,
  'ConditionalRequestConflict',
  'The conditional request cannot succeed due to a conflicting operation against this resource.',
);

export const originRefused = refusal(
  403,
  'AccessForbidden',
  'CORSResponse: This CORS request is not allowed.',
);

export const refused = ({ status, code, message }: S3Refusal): S3Reply => ({
  status,
  xml: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${randomUUID()}</RequestId></Error>`,
});

import { SignatureV4 } from '@smithy/signature-v4';
import { NodeSha256 } from '../../../shared/runtime/node-sha256.ts';
import type { LocalCredentials } from '../model/local-identity.ts';
import { parsedUrl, type S3Request, type SignatureClaim } from './signed-request.ts';

type Query = Record<string, string | string[]>;

const signingParameters = /^X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature)$/;

const queryOf = (url: string): Query => {
  const query: Query = {};
  for (const [name, value] of parsedUrl(url).searchParams) {
    if (signingParameters.test(name)) continue;
    const earlier = query[name];
    query[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return query;
};

/**
 * The signature that AWS's own signer gives for this request, had it been signed with these credentials. The body counts
 * where no header says its hash.
 */
export async function expectedSignature(
  request: S3Request & { readonly body?: Uint8Array },
  claim: SignatureClaim,
  credentials: LocalCredentials,
): Promise<string> {
  const signer = new SignatureV4({
    credentials,
    region: claim.region,
    service: claim.service,
    sha256: NodeSha256,
    // S3 alone takes a path as it stands on the wire.
    uriEscapePath: claim.service !== 's3',
    applyChecksum: false,
  });
  const signed = new Set(claim.signedHeaders);
  const headers = Object.fromEntries([...signed].map((name) => [name, String(request.headers[name] ?? '')]));
  const plain = {
    method: request.method,
    protocol: 'http:',
    hostname: '127.0.0.1',
    path: request.url.split('?')[0] ?? '/',
    query: queryOf(request.url),
    headers,
  };
  if (claim.kind === 'query') {
    // A presigned URL leaves the payload open; a body that is neither text nor bytes says so to the signer.
    const presigned = await signer.presign(
      { ...plain, body: {} },
      {
        signingDate: claim.signedAt,
        expiresIn: claim.expiresInSeconds ?? 0,
        unhoistableHeaders: signed,
        signableHeaders: signed,
      },
    );
    return String(presigned.query?.['X-Amz-Signature']);
  }
  const payload = request.headers['x-amz-content-sha256'];
  const header = {
    ...headers,
    ...((payload !== undefined || claim.service === 's3') && {
      'x-amz-content-sha256': String(payload ?? ''),
    }),
  };
  const result = await signer.sign(
    { ...plain, headers: header, ...(request.body !== undefined && { body: request.body }) },
    { signingDate: claim.signedAt, signableHeaders: signed },
  );
  return /Signature=([0-9a-f]+)/.exec(String(result.headers['authorization']))?.[1] ?? '';
}

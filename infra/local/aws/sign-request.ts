import { SignatureV4 } from '@smithy/signature-v4';
import { NodeSha256 } from '../../../shared/runtime/node-sha256.ts';
import type { LocalCredentials } from '../model/local-identity.ts';

export type Signing = {
  readonly credentials: LocalCredentials;
  readonly region: string;
  /** Signing name, e.g. `sqs`. */
  readonly service: string;
};

export type ToSign = {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** The headers of a signed request, the given ones among them. */
export async function signedHeaders(
  { credentials, region, service }: Signing,
  { method, url, headers = {}, body }: ToSign,
): Promise<Record<string, string>> {
  const signer = new SignatureV4({
    credentials,
    region,
    service,
    sha256: NodeSha256,
    uriEscapePath: service !== 's3',
  });
  const { host, hostname, pathname, searchParams } = new URL(url);
  const signed = await signer.sign({
    method,
    protocol: 'http:',
    hostname,
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: { ...headers, host },
    ...(body !== undefined && { body }),
  });
  return signed.headers;
}

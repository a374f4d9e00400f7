import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** What is signed of a request: all of it. */
export type Signable = {
  readonly method: string;
  readonly host: string;
  /** As it goes over the wire, its segments percent-encoded. */
  readonly path: string;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
};

/** Answers the headers to send. */
export type Signer = (request: Signable, credentials: Credentials, at: Date) => Record<string, string>;

/**
 * Signature version 4 for one service. AWS's own signer derives its key from the secret anew for every request, and was a sixth
 * of the time of a message to fifty people; here the day's key is kept. A test holds the two to the same signatures.
 */
export function signer({ service, region }: { readonly service: string; readonly region: string }): Signer {
  let keptFor = '';
  let kept: KeyObject | undefined;

  return ({ method, host, path, headers, body }, { accessKeyId, secretAccessKey, sessionToken }, at) => {
    const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
    const day = time.slice(0, 8);
    const scope = `${day}/${region}/${service}/aws4_request`;
    const signed: Record<string, string> = { ...headers, host, 'x-amz-date': time };
    if (sessionToken !== undefined) signed['x-amz-security-token'] = sessionToken;
    const names = Object.keys(signed).sort();
    const list = names.join(';');
    const lines = names.map((name) => `${name}:${signed[name]}\n`).join('');
    const canonical = `${method}\n${canonicalPath(path)}\n\n${lines}\n${list}\n${hash('sha256', body, 'hex')}`;
    const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash('sha256', canonical, 'hex')}`;
    const signature = createHmac('sha256', keyOf(secretAccessKey, day)).update(text).digest('hex');
    signed['authorization'] =
      `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${list}, Signature=${signature}`;
    return signed;
  };

  function keyOf(secret: string, day: string): KeyObject {
    const wanted = `${day}${secret}`;
    if (kept === undefined || keptFor !== wanted) {
      kept = signingKey(secret, { day, region, service });
      keptFor = wanted;
    }
    return kept;
  }
}

/** Of one day, as `YYYYMMDD`, for one service of one region. */
export function signingKey(
  secretAccessKey: string,
  { day, region, service }: { readonly day: string; readonly region: string; readonly service: string },
): KeyObject {
  const first = Buffer.from(`AWS4${secretAccessKey}`);
  // No bytes: they would be made a key again for every signature, which takes seven times as long as signing.
  return createSecretKey([day, region, service, 'aws4_request'].reduce<Buffer>(hmac, first));
}

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Encoded once more than on the wire, as every service but S3 has it. */
const canonicalPath = (path: string): string => path.split('/').map(uriEncoded).join('/');

/** As RFC 3986 has it, which leaves fewer characters than JavaScript. */
export function uriEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

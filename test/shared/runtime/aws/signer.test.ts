import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { type Signable, signer, uriEncoded } from '../../../../shared/runtime/aws/signer.ts';
import { NodeSha256 } from '../../../../shared/runtime/node-sha256.ts';

// Held to the signatures of AWS's own signer.

type Credentials = Parameters<ReturnType<typeof signer>>[1];
const scope = { service: 'execute-api', region: 'eu-west-1' };

async function ofAws({ host, ...request }: Signable, credentials: Credentials, at: Date) {
  const theirs = new SignatureV4({ ...scope, credentials, sha256: NodeSha256, applyChecksum: false });
  const whole = {
    ...request,
    protocol: 'https:',
    hostname: host,
    query: {},
    headers: { ...request.headers, host },
  };
  return (await theirs.sign(whole, { signingDate: at })).headers;
}

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
/** AWS's signer takes these out of a path; no connection has such an id. */
const isDots = (id: string) => id === '.' || id === '..';
const word = fc.stringMatching(/^[A-Za-z0-9/+=.-]{1,40}$/);
const request: fc.Arbitrary<Signable> = fc.record({
  method: fc.constantFrom('POST', 'DELETE'),
  host: fc.constantFrom('abc.execute-api.eu-west-1.amazonaws.com', '127.0.0.1:8787'),
  path: fc.oneof(
    fc.constant('/'),
    text.filter((id) => !isDots(id)).map((id) => `/v1/@connections/${uriEncoded(id)}`),
  ),
  headers: fc.record({ 'content-type': word, 'x-amz-target': word }, { requiredKeys: [] }),
  body: fc.oneof(text, fc.constant(''), fc.uint8Array({ maxLength: 50 })),
});
const credentials: fc.Arbitrary<Credentials> = fc.record(
  { accessKeyId: word, secretAccessKey: word, sessionToken: word },
  { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
);
const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });

test('signs as AWS does, whatever it signs, with which key and on which day', async () => {
  const ours = signer(scope);
  await fc.assert(
    fc.asyncProperty(request, credentials, instant, async (asked, known, at) => {
      expect(ours(asked, known, at)).toEqual(await ofAws(asked, known, at));
      // With the key that is kept now.
      expect(ours(asked, known, at)).toEqual(await ofAws(asked, known, at));
    }),
  );
});

test('goes on with a new key when the day is over', async () => {
  const ours = signer(scope);
  const [known] = fc.sample(credentials, 1);
  const [asked] = fc.sample(request, 1);
  if (known === undefined || asked === undefined) throw new Error('nothing to sign');
  for (const time of ['2026-01-01T23:59:59Z', '2026-01-02T00:00:01Z', '2026-01-01T23:59:59Z']) {
    const at = new Date(time);
    expect(ours(asked, known, at)).toEqual(await ofAws(asked, known, at));
  }
});

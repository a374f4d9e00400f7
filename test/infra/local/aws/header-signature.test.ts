import fc from 'fast-check';
import { expectedSignature } from '../../../../infra/local/aws/expected-signature.ts';
import { headerSignature } from '../../../../infra/local/aws/header-signature.ts';
import type { SignatureClaim } from '../../../../infra/local/aws/signed-request.ts';

const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };

const word = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !/[/?#.%]|\s/.test(text));
const headers = fc
  .dictionary(
    fc.constantFrom('content-type', 'x-amz-target', 'x-amz-security-token', 'amz-sdk-request'),
    fc.string(),
  )
  .map((more) => ({ ...more, host: '127.0.0.1:8000' }));

const request = fc.record({
  method: fc.constantFrom('POST', 'GET', 'DELETE'),
  url: fc.array(word, { maxLength: 3 }).map((parts) => `/${parts.map(encodeURIComponent).join('/')}`),
  headers,
  body: fc.uint8Array({ maxLength: 40 }),
});

const claimOf = (
  { headers: named }: { readonly headers: object },
  change: Partial<SignatureClaim> = {},
): SignatureClaim => ({
  kind: 'header',
  accessKeyId: credentials.accessKeyId,
  region: 'eu-west-1',
  service: 'dynamodb',
  signedAt: new Date('2026-11-29T10:11:12Z'),
  expiresInSeconds: undefined,
  signedHeaders: Object.keys(named).sort(),
  signature: '',
  ...change,
});

test("is the one that AWS's own signer gives, whatever day, region and service come in between", async () => {
  const quick = headerSignature(credentials);
  const day = fc
    .integer({ min: 0, max: 3 })
    .map((days) => new Date(Date.UTC(2026, 10, 29 + days, 10, 11, 12)));
  const scope = fc.record({
    signedAt: day,
    region: fc.constantFrom('eu-west-1', 'us-east-1'),
    service: fc.constantFrom('dynamodb', 'sqs', 'lambda', 'execute-api'),
  });
  await fc.assert(
    fc.asyncProperty(request, scope, async (plain, change) => {
      const time = change.signedAt.toISOString().replace(/[-:]|\.\d+/g, '');
      const asked = { ...plain, headers: { ...plain.headers, 'x-amz-date': time } };
      const claim = claimOf(asked, change);
      expect(quick(asked, claim)).toBe(await expectedSignature(asked, claim, credentials));
    }),
  );
});

test.each([
  ['a query', '/a?b=1', {}],
  ['a fragment', '/a#b', {}],
  ['a path that a signer normalizes', '/a/../b', {}],
  ['two slashes', '//a', {}],
  ['another host in place of a path', 'http://example.com/', {}],
  ['S3', '/a', { service: 's3' }],
  ['a presigned address', '/a', { kind: 'query' }],
  ['headers that are not in order', '/a', { signedHeaders: ['x-amz-date', 'host'] }],
] as const)('leaves %s to that signer', (_what, url, change) => {
  const asked = { method: 'POST', url, headers: { host: 'a', 'x-amz-date': 'b' }, body: Buffer.from('') };
  expect(headerSignature(credentials)(asked, claimOf(asked, change))).toBeUndefined();
});

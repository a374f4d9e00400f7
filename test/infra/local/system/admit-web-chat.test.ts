import { preflightHeaders } from '../../../../infra/local/object-store/cors.ts';
import { admitWebChat } from '../../../../infra/local/system/local-addresses.ts';

const page = 'http://127.0.0.1:8787';
const listed = {
  allowedOrigins: ['https://chat.example'],
  allowedMethods: ['PUT', 'GET'],
  allowedHeaders: ['content-type'],
  exposedHeaders: [],
  maxAgeSeconds: 60,
};

const mayPut = (corsRules: readonly (typeof listed)[], origin: string, forLocalApps = false): boolean => {
  const [bucket] = admitWebChat([{ bucketName: 'media', corsRules }], page, forLocalApps);
  const asked = {
    origin,
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'content-type,if-none-match,x-amz-checksum-sha256',
  };
  return preflightHeaders(bucket?.corsRules ?? [], asked) !== undefined;
};

test.each([{ rules: [] }, { rules: [listed] }])(
  'the page of this machine puts media, by either name',
  ({ rules }) => {
    expect(mayPut(rules, page)).toBe(true);
    expect(mayPut(rules, 'http://localhost:8787')).toBe(true);
  },
);

test.each(['https://evil.example', 'http://127.0.0.1:8788', 'null'])('a page of %s does not', (origin) => {
  expect(mayPut([], origin)).toBe(false);
  expect(mayPut([listed], origin)).toBe(false);
});

test.each([
  ['http://localhost:5173', true],
  ['http://127.0.0.1:3000', true],
  ['http://localhost.evil.example:80', false],
  ['https://evil.example', false],
  ['null', false],
])('where apps of this machine get a token, %s puts media, too: %s', (origin, may) => {
  expect(mayPut([], origin, true)).toBe(may);
  expect(mayPut([listed], origin, true)).toBe(may);
});

import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tokenIssuer } from '../../../../infra/local/issuer/issuer.ts';
import { issuerEndpoint } from '../../../../infra/local/issuer/issuer-endpoint.ts';
import { signingKey } from '../../../../infra/local/issuer/signing-key.ts';

/** Asks as a browser would for a page of that origin: what it may read is told by the header. */
async function asked(forLocalApps: boolean, headers: Readonly<Record<string, string>>) {
  const keys = [await signingKey(undefined), await signingKey(undefined, 'ES256')];
  const issuer = tokenIssuer({ keys, issuer: 'http://127.0.0.1:1/pool', audience: 'client' });
  const route = issuerEndpoint(issuer, 'pool', { forLocalApps });
  const server = createServer((req, response) => void route(req, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise<readonly [number | undefined, string | undefined]>((resolve, reject) => {
      const url = `http://127.0.0.1:${port}/local/token?sub=alice`;
      request(url, { headers }, (response) => {
        response.resume();
        resolve([response.statusCode, response.headers['access-control-allow-origin']]);
      })
        .on('error', reject)
        .end();
    });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

const app = { origin: 'http://localhost:5173', 'sec-fetch-site': 'cross-site' };

test.each(['http://localhost:5173', 'http://127.0.0.1:3000', 'https://localhost', 'http://[::1]:8081'])(
  'where it is asked for, an app at %s may read a token',
  async (origin) => {
    expect(await asked(true, { ...app, origin })).toEqual([200, origin]);
  },
);

test('without the flag no other origin gets one, be it on this machine', async () => {
  expect(await asked(false, app)).toEqual([403, undefined]);
});

test.each([
  'http://localhost.evil.example',
  'http://evil.example',
  'http://evil.example:8787',
  'http://localhost@evil.example',
  'http://127.0.0.1.evil.example',
  'null',
  'file://localhost',
])('with the flag, too, a page of %s gets none', async (origin) => {
  expect(await asked(true, { ...app, origin })).toEqual([403, undefined]);
});

test('a name that leads here from elsewhere is none of this machine', async () => {
  expect(await asked(true, { ...app, host: 'evil.example' })).toEqual([403, app.origin]);
});

test('a page of another site that says no origin, as an image would, gets none', async () => {
  expect(await asked(true, { 'sec-fetch-site': 'cross-site' })).toEqual([403, undefined]);
});

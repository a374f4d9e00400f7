import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { bundlePage } from '../../../../infra/local/web/bundle-page.ts';
import { pageEndpoint } from '../../../../infra/local/web/page-endpoint.ts';

let server: ReturnType<typeof createServer>;
let scripts: readonly string[];

beforeAll(async () => {
  const page = await bundlePage();
  scripts = [...page.keys()].filter((path) => path.endsWith('.js'));
  const route = pageEndpoint(page, 'http://127.0.0.1:4566');
  server = createServer((asked, response) => {
    if (!route(asked, response)) response.writeHead(404).end('not mine');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

async function ask(path: string, host = 'localhost:8787', method = 'GET') {
  const { port } = server.address() as AddressInfo;
  const asked = request({ port, path, method, headers: { host } }).end();
  const [response] = await once(asked, 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

test('the page allows no script, style, address or frame but its own', async () => {
  const { status, headers, body } = await ask('/');
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  const policy = headers['content-security-policy'].split('; ');
  expect(policy).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self' ws://localhost:8787 http://127.0.0.1:4566",
      "img-src 'self' blob:",
      'media-src blob:',
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]),
  );
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(body).not.toMatch(/<style|style="|<script(?! type="module" src="\/main\.js")|\son\w+=|https?:\/\//);
});

test.each([
  ['/main.js', 'text/javascript; charset=utf-8', 'Uploading '],
  ['/style.css', 'text/css; charset=utf-8', 'light-dark'],
  ['/icon.svg', 'image/svg+xml', '<title>Lapse</title>'],
])('%s is part of it', async (path, type, inside) => {
  const { status, headers, body } = await ask(`${path}?fresh`);
  expect([status, headers['content-type']]).toEqual([200, type]);
  expect(body).toContain(inside);
});

test('the scripts take nothing from elsewhere and stay small, that of the first page the most', async () => {
  const bodies = await Promise.all(scripts.map(async (path) => (await ask(path)).body));
  const all = bodies.join('\n');
  expect(all).toContain('lapse.v1');
  expect(all).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
  // All of it our own but 1.3 kB of ThumbHash. 0.7 kB remember the rows of messages that have not changed: without them
  // a page with 800 messages stands still in a busy chat. 1 kB ends addresses where texts of East Asia end them, shows which host an
  // imitation leads to, and takes what has ended out of every place. 4 kB keep the list: its order, previews that end,
  // counts, marks, and names in any script. 3 kB are receipts and one's own devices, 5 kB rooms,
  // blocked people, settings and what waits for somebody, 8 kB who is in a group and what one can do about it,
  // 2 kB who is there, 2 kB what is muted, kept at the top or left out, 1.5 kB why one reports a message,
  // 0.7 kB what a group is called by now. 6 kB are reactions, 4 kB search, 3 kB voice notes, 4 kB mentions and quotes, 5 kB what
  // becomes of messages afterwards, 4.5 kB pins, 1 kB of that in the first page, 1.5 kB forwards and
  // what review has changed, 5 kB where a message is forwarded to, and until when one may change it, 2 kB what becomes of a refused
  // token, of a dead path and of gaps in a room.
  expect(all.length).toBeLessThan(144_000);
  expect((await ask('/main.js')).body.length).toBeLessThan(44_500);
});

test('only this machine by its own name, only reading, only what there is', async () => {
  expect((await ask('/', 'evil.example')).status).toBe(403);
  expect((await ask('/', '127.0.0.1.evil.example:8787')).status).toBe(403);
  expect((await ask('/', 'localhost:8787', 'POST')).status).toBe(405);
  expect(await ask('/', '127.0.0.1:8787', 'HEAD')).toMatchObject({ status: 200, body: '' });
  expect((await ask('/../package.json')).status).toBe(404);
  expect((await ask('/nothing')).status).toBe(404);
});

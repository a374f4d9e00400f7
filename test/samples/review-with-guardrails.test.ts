import { once } from 'node:events';
import { createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';

// Against answers as the API's reference has them: nobody here has a guardrail. The SDK's client of Bedrock speaks HTTP/2.

type Handler = (request: { readonly content: object }) => Promise<object>;
type Asked = { readonly path: string; readonly body: string };

let server: Http2Server;
let handler: Handler;
let answer: { readonly status: number; readonly body: object };
let asked: Asked[] = [];

beforeAll(async () => {
  server = createServer();
  server.on('stream', (stream, headers) => {
    void textOf(stream).then((body) => {
      asked.push({ path: String(headers[':path']), body });
      stream.respond({ ':status': answer.status, 'content-type': 'application/json' });
      stream.end(JSON.stringify(answer.body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, {
    ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'ap-northeast-2' },
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: `http://127.0.0.1:${port}`,
    ...{ GUARDRAIL_ID: 'g1', GUARDRAIL_VERSION: '3' },
  });
  const file = new URL('../../samples/review-with-guardrails/index.mjs', import.meta.url);
  ({ handler } = (await import(file.href)) as { handler: Handler });
});
afterAll(() => void server.close());

function answers(body: object, status = 200): void {
  answer = { status, body };
  asked = [];
}
const text = (words: string) => ({ type: 'text', text: words });
const masked = {
  action: 'GUARDRAIL_INTERVENED',
  outputs: [{ text: 'write to {EMAIL}' }],
  assessments: [
    { sensitiveInformationPolicy: { piiEntities: [{ type: 'EMAIL', action: 'ANONYMIZED' }], regexes: [] } },
  ],
};

test('what the guardrail lets through is allowed; it is asked for the texts, of the guardrail that is named', async () => {
  answers({ action: 'NONE', outputs: [], assessments: [] });
  const content = { type: 'file', mediaId: 'm1', caption: 'the plan', name: 'plan.pdf' };
  expect(await handler({ content })).toEqual({ verdict: 'allow' });
  const [request] = asked;
  expect(request?.path).toBe('/guardrail/g1/version/3/apply');
  expect(JSON.parse(request?.body ?? '')).toEqual({
    source: 'INPUT',
    content: [{ text: { text: 'the plan' } }, { text: { text: 'plan.pdf' } }],
  });
});

test('where there is nothing to read nobody is asked', async () => {
  answers({ action: 'NONE' });
  expect(await handler({ content: { type: 'image', mediaId: 'm1' } })).toEqual({ verdict: 'allow' });
  expect(asked).toEqual([]);
});

test.each([
  ['a text', text('write to a@example.com'), text('write to {EMAIL}')],
  [
    'a caption',
    { type: 'image', mediaId: 'm1', caption: 'write to a@example.com' },
    { type: 'image', mediaId: 'm1', caption: 'write to {EMAIL}' },
  ],
])('what it masks in %s is sent masked', async (_what, content, changed) => {
  answers(masked);
  expect(await handler({ content })).toEqual({ verdict: 'change', content: changed });
});

test.each([
  ['a topic', { topicPolicy: { topics: [{ name: 'weapons', type: 'DENY', action: 'BLOCKED' }] } }],
  ['a filter', { contentPolicy: { filters: [{ type: 'INSULTS', confidence: 'HIGH', action: 'BLOCKED' }] } }],
  ['a word', { wordPolicy: { customWords: [{ match: 'x', action: 'BLOCKED' }], managedWordLists: [] } }],
  [
    'personal data that it does not mask',
    { sensitiveInformationPolicy: { piiEntities: [{ type: 'PASSWORD', action: 'BLOCKED' }], regexes: [] } },
  ],
])('what %s stops is refused', async (_what, assessment) => {
  answers({ ...masked, assessments: [...masked.assessments, assessment] });
  expect(await handler({ content: text('something') })).toEqual({ verdict: 'refuse' });
});

test('what it masks in the data of custom content or in one of two texts is refused', async () => {
  answers(masked);
  const custom = { type: 'custom', kind: 'card', data: { to: 'a@example.com' } };
  expect(await handler({ content: custom })).toEqual({ verdict: 'refuse' });
  answers({ ...masked, outputs: [...masked.outputs, { text: 'b' }] });
  const file = { type: 'file', mediaId: 'm1', caption: 'a@example.com', name: 'b' };
  expect(await handler({ content: file })).toEqual({ verdict: 'refuse' });
});

test('a guardrail that fails is asked once, and its failure is the function’s', async () => {
  answers({ message: 'no' }, 500);
  await expect(handler({ content: text('hello') })).rejects.toThrow();
  expect(asked).toHaveLength(1);
});

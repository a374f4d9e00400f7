import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { managementClient } from '../../../shared/composition/aws-clients.ts';
import { type ConnectionGateway, connectionGateway } from '../../../shared/push/connection-gateway.ts';

const answers: { status: number | 'silence'; type?: string }[] = [];
const requests: { method: string; url: string; body: string }[] = [];
let server: Server;
let gateway: ConnectionGateway;

beforeAll(async () => {
  process.env['AWS_REGION'] = 'eu-west-1';
  process.env['AWS_ACCESS_KEY_ID'] = 'local';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'local';
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      requests.push({ method: request.method ?? '', url: request.url ?? '', body });
      const { status, type } = answers.shift() ?? { status: 200 };
      if (status === 'silence') return;
      response.writeHead(status, type === undefined ? {} : { 'x-amzn-ErrorType': type }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  gateway = connectionGateway(managementClient(`http://127.0.0.1:${port}/v1`), () => 0);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  answers.length = 0;
  requests.length = 0;
});

const data = new TextEncoder().encode('{"type":"x"}');
const gone = { status: 410, type: 'GoneException' };

test('posts the frame to the connection of the stage', async () => {
  expect(await gateway.push('L0SM9cOFvHcCIhw=', data)).toBe('sent');
  expect(requests).toEqual([
    { method: 'POST', url: '/v1/@connections/L0SM9cOFvHcCIhw%3D', body: '{"type":"x"}' },
  ]);
});

test.each([[gone], [{ status: 410 }], [{ status: 400, type: 'BadRequestException' }]])(
  '%j is gone, at the first answer',
  async (answer) => {
    answers.push(answer);
    expect(await gateway.push('c=', data)).toBe('gone');
    expect(requests).toHaveLength(1);
  },
);

test.each([429, 500, 503])('%i is tried again and may succeed', async (status) => {
  answers.push({ status }, { status });
  expect(await gateway.push('c=', data)).toBe('sent');
  expect(requests).toHaveLength(3);
});

test('three refusals are enough', async () => {
  answers.push({ status: 429 }, { status: 429 }, { status: 429 });
  expect(await gateway.push('c=', data)).toBe('failed');
  expect(requests).toHaveLength(3);
});

test('403 is our own fault and says so', async () => {
  answers.push({ status: 403, type: 'ForbiddenException' });
  await expect(gateway.push('c=', data)).rejects.toThrow();
});

test('a host that does not answer is tried again later', async () => {
  const nobody = connectionGateway(managementClient('http://127.0.0.1:9/v1'), () => 0);
  expect(await nobody.push('c=', data)).toBe('failed');
});

test('closing what is closed is done', async () => {
  answers.push(gone);
  await expect(gateway.close('c=')).resolves.toBeUndefined();
  expect(requests[0]).toMatchObject({ method: 'DELETE', url: '/v1/@connections/c%3D' });
});

test('whoever does not answer in time is given up at once, and not asked again', async () => {
  answers.push({ status: 'silence' });
  expect(await gateway.push('c=', data)).toBe('failed');
  expect(requests).toHaveLength(1);
});

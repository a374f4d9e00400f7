import {
  type ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { openClient } from './test-client.ts';
import { ok, testGateway } from './test-gateway.ts';

const nobody = 'L0SM9cOFvHcCIhw=';
const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=local' };
const methods = ['POST', 'GET', 'DELETE'] as const;

function call(client: ApiGatewayManagementApiClient, method: string, ConnectionId: string): Promise<unknown> {
  switch (method) {
    case 'POST':
      return client.send(new PostToConnectionCommand({ ConnectionId, Data: 'hello' }));
    case 'GET':
      return client.send(new GetConnectionCommand({ ConnectionId }));
    default:
      return client.send(new DeleteConnectionCommand({ ConnectionId }));
  }
}

async function connected(options = {}) {
  const gateway = await testGateway({}, {}, options);
  const client = await openClient(gateway.url, { headers: { 'User-Agent': 'test' } });
  const { connectionId } = (await gateway.calls('connect').next()).requestContext;
  const url = `${gateway.origin}/v1/@connections/${encodeURIComponent(connectionId)}`;
  return { gateway, client, ConnectionId: connectionId, url, management: gateway.management() };
}

describe('callbacks', () => {
  test.each(methods)('R17 %s before $connect has returned: 410', async (method) => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const gateway = await testGateway({ connect: () => promise });
    const opening = openClient(gateway.url);
    const { connectionId } = (await gateway.calls('connect').next()).requestContext;
    await expect(call(gateway.management(), method, connectionId)).rejects.toBeInstanceOf(GoneException);
    resolve(ok);
    await opening;
    await expect(call(gateway.management(), method, connectionId)).resolves.toBeDefined();
  });

  test.each(methods)('R18 %s on an id that never existed: 410', async (method) => {
    const { management } = await connected();
    await expect(call(management, method, nobody)).rejects.toBeInstanceOf(GoneException);
  });

  test.each(methods)('R18 %s on a closed connection: 410', async (method) => {
    const { gateway, client, management, ConnectionId } = await connected();
    client.ws.close();
    await gateway.calls('disconnect').next();
    await expect(call(management, method, ConnectionId)).rejects.toBeInstanceOf(GoneException);
  });

  test.each(['short', 'way-too-long-to-be-an-id=', 'L0SM9cOFvHcCIh+='])(
    'R18 malformed id %s: 400',
    async (id) => {
      const { management } = await connected();
      await expect(call(management, 'POST', id)).rejects.toMatchObject({
        name: 'BadRequestException',
        message: `Invalid connectionId: ${id}`,
        $metadata: { httpStatusCode: 400 },
      });
    },
  );

  test('R19 a 410 is an empty body and the error type', async () => {
    const { gateway } = await connected();
    const url = `${gateway.origin}/v1/@connections/${encodeURIComponent(nobody)}`;
    const response = await fetch(url, { method: 'POST', headers: signed, body: 'x' });
    expect(response.status).toBe(410);
    expect(response.headers.get('x-amzn-errortype')).toBe('GoneException');
    expect(await response.text()).toBe('');
  });

  test.each(['/v2', ''])('R20 stage %s in the path is not the one of the API: 403', async (stage) => {
    const { gateway, ConnectionId } = await connected();
    const management = gateway.management({ endpoint: gateway.origin + stage });
    await expect(call(management, 'POST', ConnectionId)).rejects.toMatchObject({
      name: 'ForbiddenException',
      message: 'Forbidden',
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('R20 without a signature: 403', async () => {
    const { url } = await connected();
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(403);
    expect((await fetch(url, { method: 'POST', body: 'x', headers: signed })).status).toBe(200);
  });

  test('R20 a signature that the given check refuses: 403', async () => {
    const bodies: string[] = [];
    const signatureCheck = (_request: unknown, body: Buffer) => {
      bodies.push(body.toString());
      return false;
    };
    const { management, ConnectionId } = await connected({ signatureCheck });
    await expect(call(management, 'POST', ConnectionId)).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    expect(bodies).toEqual(['hello']);
  });

  test('R21 POST: 200 and nothing; the client has the text', async () => {
    const { client, url } = await connected();
    const response = await fetch(url, { method: 'POST', headers: signed, body: 'hello' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect(await client.frames.next()).toBe('hello');
  });

  test('R21 GET: 200 with ISO dates and the identity', async () => {
    const time = { ms: Date.UTC(2026, 0, 1) };
    const { management, ConnectionId, client } = await connected({ now: () => time.ms });
    time.ms += 5000;
    client.send({ action: 'echo' });
    await client.frames.next();
    const description = await management.send(new GetConnectionCommand({ ConnectionId }));
    expect(description.ConnectedAt).toEqual(new Date('2026-01-01T00:00:00Z'));
    expect(description.LastActiveAt).toEqual(new Date('2026-01-01T00:00:05Z'));
    expect(description.Identity).toMatchObject({ SourceIp: '127.0.0.1' });
  });

  test('R21 GET names its keys as AWS does', async () => {
    const { url } = await connected();
    expect(await (await fetch(url, { headers: signed })).json()).toEqual({
      connectedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      identity: { sourceIp: '127.0.0.1', userAgent: 'test' },
      lastActiveAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
  });

  test('R21 DELETE: 204, the client is closed with 1000 and $disconnect is told', async () => {
    const { gateway, client, management, ConnectionId } = await connected();
    const { $metadata } = await management.send(new DeleteConnectionCommand({ ConnectionId }));
    expect($metadata.httpStatusCode).toBe(204);
    expect((await client.closed).code).toBe(1000);
    expect((await gateway.calls('disconnect').next()).requestContext).toMatchObject({
      disconnectStatusCode: 1000,
      disconnectReason: 'Connection Closed Normally',
    });
    expect(gateway.connectionCount()).toBe(0);
  });

  test('R22 what is posted arrives as text, though the SDK calls it an octet stream', async () => {
    const { client, management, ConnectionId } = await connected();
    await management.send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from('{"ü":1}') }));
    expect(await client.frames.next()).toBe('{"ü":1}');
  });

  test('a post of 128 KB arrives whole, in frames of at most 32 KB; one byte more is 413', async () => {
    const { client, management, ConnectionId } = await connected();
    const text = 'x'.repeat(128 * 1024);
    await management.send(new PostToConnectionCommand({ ConnectionId, Data: text }));
    expect(await client.frames.next()).toBe(text);
    await expect(
      management.send(new PostToConnectionCommand({ ConnectionId, Data: `${text}x` })),
    ).rejects.toMatchObject({ name: 'PayloadTooLargeException', $metadata: { httpStatusCode: 413 } });
  });

  test('a client that does not read: 429 once its buffer is over the limit', async () => {
    const { client, management, ConnectionId } = await connected({ maxBufferedBytes: 256 * 1024 });
    client.ws.pause();
    const Data = 'x'.repeat(32 * 1024);
    const flood = async (): Promise<void> => {
      for (let i = 0; i < 2000; i += 1)
        await management.send(new PostToConnectionCommand({ ConnectionId, Data }));
    };
    await expect(flood()).rejects.toMatchObject({
      name: 'LimitExceededException',
      $metadata: { httpStatusCode: 429 },
    });
  });

  test('another method is forbidden, and so is another path', async () => {
    const { gateway, url } = await connected();
    expect((await fetch(url, { method: 'PUT', headers: signed })).status).toBe(403);
    expect(await (await fetch(`${gateway.origin}/other`)).json()).toEqual({ message: 'Forbidden' });
  });

  test('other paths go to the given handler first', async () => {
    const { gateway } = await connected({
      onRequest: (_request: unknown, response: { end(text: string): void }) => {
        response.end('mine');
        return true;
      },
    });
    expect(await (await fetch(`${gateway.origin}/page`)).text()).toBe('mine');
  });
});

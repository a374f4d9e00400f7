import { openClient, refusal } from './test-client.ts';
import { ok, route, testGateway } from './test-gateway.ts';

describe('connect', () => {
  test('R1 the upgrade waits for $connect', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const gateway = await testGateway({ connect: () => promise });
    let opened = false;
    const opening = openClient(gateway.url).then(() => {
      opened = true;
    });
    await gateway.calls('connect').next();
    // A round trip on another socket: a 101 would have arrived by now.
    await fetch(gateway.origin);
    expect(opened).toBe(false);
    resolve(ok);
    await opening;
    expect(opened).toBe(true);
  });

  test.each([200, 204, 299])('R1 $connect answers %i: accepted', async (statusCode) => {
    const gateway = await testGateway({ connect: () => ({ statusCode }) });
    await expect(openClient(gateway.url)).resolves.toBeDefined();
  });

  test.each([301, 400, 401, 403, 500, 503])(
    'R1 $connect answers %i: so does the upgrade',
    async (statusCode) => {
      const gateway = await testGateway({ connect: () => ({ statusCode }) });
      expect((await refusal(gateway.url)).status).toBe(statusCode);
      expect(gateway.connectionCount()).toBe(0);
    },
  );

  test('R1 a refused connection has no $disconnect', async () => {
    const gateway = await testGateway({ connect: () => ({ statusCode: 400 }) });
    await refusal(gateway.url);
    expect(gateway.calls('disconnect').pending).toBe(0);
  });

  test('R2 $connect throws: 502', async () => {
    const gateway = await testGateway({
      connect: () => {
        throw new Error('boom');
      },
    });
    const { status, body } = await refusal(gateway.url);
    expect(status).toBe(502);
    expect(body).not.toContain('boom');
  });

  test.each([
    [undefined],
    ['yes'],
    [{}],
    [{ statusCode: 'fine' }],
    [{ statusCode: 200, body: { a: 1 } }],
    [{ statusCode: 100 }],
  ])('R2 $connect returns %j: 502', async (result) => {
    const gateway = await testGateway({ connect: () => result });
    expect((await refusal(gateway.url)).status).toBe(502);
  });

  test('R3 without a $connect route the connection is accepted and $default is not asked', async () => {
    const gateway = await testGateway(
      {},
      { routes: [route('$default'), route('echo', { routeResponse: true })] },
    );
    const client = await openClient(gateway.url);
    client.send({ action: 'echo' });
    expect(await client.frames.next()).toBe('{"action":"echo"}');
    expect(gateway.calls('default').pending).toBe(0);
  });

  test('R3 without a $disconnect route the close goes to nobody', async () => {
    const closed = Promise.withResolvers<void>();
    const gateway = await testGateway(
      {},
      { routes: [route('$connect'), route('$default')] },
      { onEvent: ({ kind }) => kind === 'disconnected' && closed.resolve() },
    );
    (await openClient(gateway.url)).ws.close();
    await closed.promise;
    expect(gateway.calls('default').pending).toBe(0);
  });

  test('R4 a sub-protocol that $connect does not return is not echoed', async () => {
    const gateway = await testGateway();
    await expect(openClient(gateway.url, { protocols: ['lapse.v1', 'token'] })).rejects.toThrow(
      'Server sent no subprotocol',
    );
  });

  test('R4 the sub-protocol that $connect returns is the one selected, whatever the order of the offer', async () => {
    const gateway = await testGateway({
      connect: () => ({ statusCode: 200, headers: { 'sec-websocket-protocol': 'token' } }),
    });
    const client = await openClient(gateway.url, { protocols: ['lapse.v1', 'token'] });
    expect(client.ws.protocol).toBe('token');
  });

  test('R4 no other header of $connect reaches the client', async () => {
    const gateway = await testGateway({ connect: () => ({ statusCode: 200, headers: { 'X-Secret': 'x' } }) });
    const { WebSocket } = await import('ws');
    const ws = new WebSocket(gateway.url);
    const headers = await new Promise<Record<string, unknown>>((resolve) => {
      ws.on('upgrade', (response) => resolve(response.headers));
    });
    expect(headers).not.toHaveProperty('x-secret');
    expect(headers).not.toHaveProperty('sec-websocket-extensions');
  });

  test('R16 $connect takes longer than the integration timeout: 504', async () => {
    const gateway = await testGateway(
      { connect: () => new Promise(() => undefined) },
      {},
      { integrationTimeoutMs: 20 },
    );
    expect((await refusal(gateway.url)).status).toBe(504);
  });

  test('another stage, or none, is forbidden without asking a function', async () => {
    const gateway = await testGateway();
    for (const path of ['/v2', '/', '/v1/more']) {
      expect((await refusal(gateway.url.replace('/v1', path))).status).toBe(403);
    }
    expect(gateway.calls('connect').pending).toBe(0);
  });

  test('a URL of more than 4096 characters is refused', async () => {
    const gateway = await testGateway();
    expect((await refusal(`${gateway.url}?t=${'x'.repeat(4096)}`)).status).toBe(414);
  });

  test('a client that leaves while $connect runs is reported by $disconnect with 1006', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const gateway = await testGateway({ connect: () => promise });
    const opening = openClient(gateway.url, { handshakeTimeout: 500 });
    const connect = await gateway.calls('connect').next();
    await expect(opening).rejects.toThrow('timed out');
    resolve(ok);
    const { requestContext } = await gateway.calls('disconnect').next();
    expect(requestContext.connectionId).toBe(connect.requestContext.connectionId);
    expect(requestContext['disconnectStatusCode']).toBe(1006);
  });

  test('a stage over its throttling limit answers 429', async () => {
    const gateway = await testGateway({}, { throttling: { ratePerSecond: 1, burst: 1 } }, { now: () => 0 });
    await openClient(gateway.url);
    expect((await refusal(gateway.url)).status).toBe(429);
  });
});

import { limits } from '../../../../infra/local/gateway/connection/limits.ts';
import { openClient } from './test-client.ts';
import { ok, route, testGateway } from './test-gateway.ts';

const frame = (message: string) =>
  expect.stringMatching(
    new RegExp(`^\\{"message": "${message}", "connectionId":"[\\w-]{15}=", "requestId":"[\\w-]{15}="\\}$`),
  );

describe('messages', () => {
  test('R11 a binary frame closes with 1003 and asks no function', async () => {
    const gateway = await testGateway();
    const client = await openClient(gateway.url);
    client.ws.send(Buffer.from('{"action":"echo"}'));
    expect((await client.closed).code).toBe(1003);
    expect((await gateway.calls('disconnect').next()).requestContext['disconnectStatusCode']).toBe(1003);
    expect(gateway.calls('echo').pending).toBe(0);
  });

  test('R12 a frame of 32 KB passes; one byte more closes with 1009 and asks no function', async () => {
    const gateway = await testGateway();
    const client = await openClient(gateway.url);
    const body = JSON.stringify({ action: 'echo', pad: '' });
    const text = body.replace('""', `"${'x'.repeat(32 * 1024 - body.length)}"`);
    client.send(text);
    expect(await client.frames.next()).toBe(text);
    client.send(`${text} `);
    expect((await client.closed).code).toBe(1009);
    expect((await gateway.calls('disconnect').next()).requestContext['disconnectStatusCode']).toBe(1009);
    expect(gateway.calls('echo').pending).toBe(1);
  });

  test('R12 a message of several frames passes up to 128 KB; one byte more closes with 1009', async () => {
    const gateway = await testGateway();
    const client = await openClient(gateway.url);
    const part = 'x'.repeat(32 * 1024);
    for (const fin of [false, false, false, true]) client.ws.send(part, { fin });
    expect((await gateway.calls('default').next()).body).toHaveLength(128 * 1024);
    for (const fin of [false, false, false, false]) client.ws.send(part, { fin });
    client.ws.send('x', { fin: true });
    expect((await client.closed).code).toBe(1009);
    expect((await gateway.calls('disconnect').next()).requestContext['disconnectStatusCode']).toBe(1009);
    expect(gateway.calls('default').pending).toBe(0);
  });

  test('R12 a fragment of more than 32 KB closes with 1009 though other fragments are small', async () => {
    const gateway = await testGateway();
    const client = await openClient(gateway.url);
    client.ws.send('x'.repeat(32 * 1024 + 1), { fin: false });
    client.ws.send('y', { fin: true });
    expect((await client.closed).code).toBe(1009);
    expect(gateway.calls('default').pending).toBe(0);
  });

  test.each([
    'not json',
    '[]',
    '"echo"',
    'null',
    '{}',
    '{"action":null}',
    '{"action":"nowhere"}',
    '{"action":"Echo"}',
  ])('R13 %s goes to $default', async (body) => {
    const gateway = await testGateway();
    const client = await openClient(gateway.url);
    client.send(body);
    expect((await gateway.calls('default').next()).body).toBe(body);
  });

  test.each(['$connect', '$disconnect', '$default'])(
    'R13 a client that names %s gets $default',
    async (action) => {
      const gateway = await testGateway();
      const client = await openClient(gateway.url);
      client.send({ action });
      const { requestContext } = await gateway.calls('default').next();
      expect(requestContext).toMatchObject({ routeKey: '$default', eventType: 'MESSAGE' });
    },
  );

  test('R13 without $default the client gets a Forbidden frame and the socket stays open', async () => {
    const gateway = await testGateway({}, { routes: [route('echo', { routeResponse: true })] });
    const client = await openClient(gateway.url);
    client.send('not json');
    expect(await client.frames.next()).toEqual(frame('Forbidden'));
    client.send('{"action":"echo"}');
    expect(await client.frames.next()).toBe('{"action":"echo"}');
  });

  test.each([
    ['throws', () => Promise.reject(new Error('secret detail'))],
    ['returns nothing', () => undefined],
    ['returns no statusCode', () => ({ body: 'x' })],
    ['returns a body that is no string', () => ({ statusCode: 200, body: { a: 1 } })],
    ['returns more than 128 KB', () => ({ statusCode: 200, body: 'x'.repeat(128 * 1024 + 1) })],
  ])(
    'R14 a function that %s: an Internal server error frame, and the socket stays open',
    async (_name, fail) => {
      const routes = [route('fail', { routeResponse: true }), route('echo', { routeResponse: true })];
      const gateway = await testGateway({ fail }, { routes });
      const client = await openClient(gateway.url);
      client.send({ action: 'fail' });
      expect(await client.frames.next()).toEqual(frame('Internal server error'));
      client.send({ action: 'echo' });
      expect(await client.frames.next()).toBe('{"action":"echo"}');
    },
  );

  test('R15 what a function returns reaches the client only where the route has a response', async () => {
    const mute = () => ({ statusCode: 200, body: 'unheard' });
    const gateway = await testGateway(
      { mute },
      { routes: [route('mute'), route('echo', { routeResponse: true })] },
    );
    const client = await openClient(gateway.url);
    client.send({ action: 'mute' });
    await gateway.calls('mute').next();
    client.send({ action: 'echo' });
    expect(await client.frames.next()).toBe('{"action":"echo"}');
  });

  test('R15 a route response of status 500 is a frame like any other; no body, no frame', async () => {
    const broken = () => ({ statusCode: 500, body: 'my words' });
    const routes = ['broken', 'quiet'].map((key) => route(key, { routeResponse: true }));
    const gateway = await testGateway({ broken, quiet: () => ok }, { routes });
    const client = await openClient(gateway.url);
    client.send({ action: 'quiet' });
    await gateway.calls('quiet').next();
    client.send({ action: 'broken' });
    expect(await client.frames.next()).toBe('my words');
  });

  test('R16 a function that takes longer than 29 s: a frame says so, and its late answer is dropped', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const routes = [route('slow', { routeResponse: true }), route('echo', { routeResponse: true })];
    const gateway = await testGateway({ slow: () => promise }, { routes }, { integrationTimeoutMs: 20 });
    const client = await openClient(gateway.url);
    client.send({ action: 'slow' });
    expect(await client.frames.next()).toEqual(frame('Endpoint request timed out'));
    resolve({ statusCode: 200, body: 'too late' });
    client.send({ action: 'echo' });
    expect(await client.frames.next()).toBe('{"action":"echo"}');
  });

  test('R16 the API waits 29 s, or as long as the route says if that is shorter', async () => {
    expect(limits.integrationTimeoutMs).toBe(29_000);
    const routes = [
      route('hasty', { routeResponse: true, timeoutMs: 50 }),
      route('slow', { routeResponse: true, timeoutMs: 60_000 }),
    ];
    const never = () => new Promise(() => undefined);
    const gateway = await testGateway(
      { hasty: never, slow: never },
      { routes },
      { integrationTimeoutMs: 400 },
    );
    const client = await openClient(gateway.url);
    client.send({ action: 'slow' });
    const slow = (await gateway.calls('slow').next()).requestContext['requestId'];
    client.send({ action: 'hasty' });
    const hasty = (await gateway.calls('hasty').next()).requestContext['requestId'];
    const frames = [JSON.parse(await client.frames.next()), JSON.parse(await client.frames.next())];
    expect(frames.map(({ requestId }) => requestId)).toEqual([hasty, slow]);
  });

  test('R25 frames of one connection run at the same time and may answer in another order', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const routes = [route('slow', { routeResponse: true }), route('echo', { routeResponse: true })];
    const gateway = await testGateway({ slow: () => promise }, { routes });
    const client = await openClient(gateway.url);
    client.send({ action: 'slow' });
    client.send({ action: 'echo' });
    expect(await client.frames.next()).toBe('{"action":"echo"}');
    resolve({ statusCode: 200, body: 'slow' });
    expect(await client.frames.next()).toBe('slow');
  });

  test('R25 frames that are held back differently change places', async () => {
    const delays = [500, 0];
    const gateway = await testGateway();
    gateway.faults.setFrameDelay(() => delays.shift() ?? 0);
    const client = await openClient(gateway.url);
    client.send({ action: 'echo', n: 1 });
    client.send({ action: 'echo', n: 2 });
    expect(await client.frames.next()).toBe('{"action":"echo","n":2}');
    expect(await client.frames.next()).toBe('{"action":"echo","n":1}');
  });

  test('R28 a route that is added to a running stage does not exist', async () => {
    const routes = [route('echo', { routeResponse: true })];
    const gateway = await testGateway({}, { routes });
    routes.push(route('late', { routeResponse: true }));
    const client = await openClient(gateway.url);
    client.send({ action: 'late' });
    expect(await client.frames.next()).toEqual(frame('Forbidden'));
  });

  test('a stage over its throttling limit answers with a frame and asks no function', async () => {
    const throttling = { ratePerSecond: 1, burst: 1 };
    const routes = [route('echo', { routeResponse: true })];
    const gateway = await testGateway({}, { routes, throttling }, { now: () => 0 });
    const client = await openClient(gateway.url);
    client.send({ action: 'echo' });
    expect(await client.frames.next()).toBe('{"action":"echo"}');
    client.send({ action: 'echo' });
    expect(await client.frames.next()).toEqual(frame('Too Many Requests'));
    expect(gateway.calls('echo').pending).toBe(1);
  });

  test('a route response of more than 32 KB arrives whole', async () => {
    const text = 'é'.repeat(30_000);
    const gateway = await testGateway({ echo: () => ({ statusCode: 200, body: text }) });
    const client = await openClient(gateway.url);
    client.send({ action: 'echo' });
    expect(await client.frames.next()).toBe(text);
  });
});

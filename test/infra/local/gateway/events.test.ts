import { openClient, type TestClient } from './test-client.ts';
import { type TestEvent, type TestGateway, testGateway } from './test-gateway.ts';

const id = expect.stringMatching(/^[A-Za-z0-9_-]{15}=$/);
const domainName = 'abcde12345.execute-api.eu-west-1.amazonaws.com';
const startedAt = Date.UTC(2024, 1, 19, 7, 11, 42, 790);

/** A clock that stands still, or moves by hand. */
function clock() {
  const time = { ms: startedAt };
  return { time, now: () => time.ms };
}

async function connected(query = '', headers: Record<string, string> = {}) {
  const { time, now } = clock();
  const gateway = await testGateway({}, {}, { now });
  const client = await openClient(gateway.url + query, { headers });
  const event = await gateway.calls('connect').next();
  return { gateway, client, event, time };
}

async function disconnected(gateway: TestGateway, client: TestClient): Promise<TestEvent> {
  client.ws.close();
  return await gateway.calls('disconnect').next();
}

function context(routeKey: string, eventType: string, at = startedAt): Record<string, unknown> {
  return {
    routeKey,
    eventType,
    extendedRequestId: id,
    requestTime: expect.stringMatching(/^19\/Feb\/2024:07:1\d:42 \+0000$/),
    messageDirection: 'IN',
    stage: 'v1',
    connectedAt: startedAt,
    requestTimeEpoch: at,
    identity: { sourceIp: '127.0.0.1' },
    requestId: id,
    domainName,
    connectionId: id,
    apiId: 'abcde12345',
  };
}

describe('events', () => {
  test('R9 CONNECT has the headers of the client but Connection and Upgrade, and no query keys without a query', async () => {
    const { event } = await connected('', { 'X-Mixed-Case': 'one' });
    expect(event).toEqual({
      headers: {
        Host: domainName,
        'X-Mixed-Case': 'one',
        'Sec-WebSocket-Extensions': expect.any(String),
        'Sec-WebSocket-Key': expect.any(String),
        'Sec-WebSocket-Version': '13',
        'X-Amzn-Trace-Id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
        'X-Forwarded-For': '127.0.0.1',
        'X-Forwarded-Port': '443',
        'X-Forwarded-Proto': 'https',
      },
      multiValueHeaders: expect.objectContaining({ 'X-Mixed-Case': ['one'], Host: [domainName] }),
      requestContext: context('$connect', 'CONNECT'),
      isBase64Encoded: false,
    });
  });

  test('R9 CONNECT has the query, the last of several values in the single-value form', async () => {
    const { event } = await connected('?k=v&k=w&empty=&sp=a%20b');
    expect(event['queryStringParameters']).toEqual({ k: 'w', empty: '', sp: 'a b' });
    expect(event['multiValueQueryStringParameters']).toEqual({ k: ['v', 'w'], empty: [''], sp: ['a b'] });
  });

  test('R9 R10 MESSAGE has the body as a string, and neither headers nor query', async () => {
    const { gateway, client, time } = await connected('?k=v');
    time.ms += 60_000;
    client.send('{"action":"echo","x":1}');
    expect(await gateway.calls('echo').next()).toEqual({
      requestContext: { ...context('echo', 'MESSAGE', startedAt + 60_000), messageId: id },
      body: '{"action":"echo","x":1}',
      isBase64Encoded: false,
    });
  });

  test('R9 DISCONNECT has the stub of four headers', async () => {
    const { gateway, client } = await connected();
    expect(await disconnected(gateway, client)).toEqual({
      headers: { Host: domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
      multiValueHeaders: {
        Host: [domainName],
        'x-api-key': [''],
        'X-Forwarded-For': [''],
        'x-restapi': [''],
      },
      requestContext: {
        ...context('$disconnect', 'DISCONNECT'),
        disconnectStatusCode: 1005,
        disconnectReason: 'Client-side close frame status not set',
      },
      isBase64Encoded: false,
    });
  });

  test('R10 CONNECT and DISCONNECT have no body, not even null', async () => {
    const { gateway, client, event } = await connected();
    expect(event).not.toHaveProperty('body');
    expect(await disconnected(gateway, client)).not.toHaveProperty('body');
  });

  test('the user agent is in the identity of every event when the client sends one', async () => {
    const { gateway, client, event } = await connected('', { 'User-Agent': 'Firefox' });
    const identity = { userAgent: 'Firefox', sourceIp: '127.0.0.1' };
    expect(event.requestContext['identity']).toEqual(identity);
    expect((await disconnected(gateway, client)).requestContext['identity']).toEqual(identity);
  });

  test('a message that falls through to $default says so, and the ids are its own', async () => {
    const gateway = await testGateway();
    const client = await openClient(gateway.url);
    client.send({ action: 'nowhere' });
    client.send({ action: 'nowhere' });
    const [first, second] = [await gateway.calls('default').next(), await gateway.calls('default').next()];
    const { connectionId } = (await gateway.calls('connect').next()).requestContext;
    expect(first.requestContext).toMatchObject({ routeKey: '$default', connectionId });
    expect(first.requestContext['requestId']).not.toBe(second.requestContext['requestId']);
    expect(first.requestContext['messageId']).not.toBe(second.requestContext['messageId']);
    expect(first.requestContext['extendedRequestId']).toBe(first.requestContext['requestId']);
  });

  test('a client closes with a code and a reason of its own: both reach $disconnect', async () => {
    const gateway = await testGateway();
    (await openClient(gateway.url)).ws.close(4001, 'enough');
    const { requestContext } = await gateway.calls('disconnect').next();
    expect(requestContext).toMatchObject({ disconnectStatusCode: 4001, disconnectReason: 'enough' });
  });

  test('a broken network is 1006', async () => {
    const gateway = await testGateway();
    (await openClient(gateway.url)).ws.terminate();
    expect((await gateway.calls('disconnect').next()).requestContext['disconnectStatusCode']).toBe(1006);
  });
});

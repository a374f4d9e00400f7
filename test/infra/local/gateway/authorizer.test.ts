import { openClient, refusal } from './test-client.ts';
import { route, type TestEvent, testApi, testGateway } from './test-gateway.ts';

const arn = 'arn:aws:execute-api:eu-west-1:123456789012:abcde12345/v1/$connect';

function policy(Effect: string, Resource: string | string[] = arn, Action = 'execute-api:Invoke'): unknown {
  return { Version: '2012-10-17', Statement: [{ Effect, Action, Resource }] };
}

const allow = { principalId: 'alice', policyDocument: policy('Allow') };

function authorized(identitySource = ['route.request.header.Sec-WebSocket-Protocol']) {
  const authorizer = { functionName: 'authorize', identitySource };
  return { routes: [...testApi.routes.slice(1), route('$connect', { authorizer })] };
}

const echoProtocol = ({ headers }: TestEvent) => ({
  statusCode: 200,
  headers: { 'Sec-WebSocket-Protocol': headers?.['Sec-WebSocket-Protocol']?.split(',')[0] },
});
const offer = { protocols: ['lapse.v1', 'token'] };

describe('authorizer', () => {
  test.each([
    [['route.request.header.Sec-WebSocket-Protocol'], ''],
    [['route.request.querystring.token'], ''],
    [['route.request.querystring.token'], '?token='],
    [['route.request.querystring.token', 'route.request.header.X-Second'], '?token=x'],
    [['stageVariables.missing'], ''],
  ])('R5 identity sources %j are not all in the request %s: 401, not asked', async (sources, query) => {
    const gateway = await testGateway({ authorize: () => allow }, authorized(sources));
    expect((await refusal(gateway.url + query)).status).toBe(401);
    expect(gateway.calls('authorize').pending).toBe(0);
    expect(gateway.calls('connect').pending).toBe(0);
  });

  test('R5 all identity sources are present, header names in any case: asked', async () => {
    const sources = [
      'route.request.querystring.token',
      'route.request.header.x-second',
      'context.connectionId',
    ];
    const gateway = await testGateway({ authorize: () => allow }, authorized(sources));
    await openClient(`${gateway.url}?token=x`, { headers: { 'X-Second': 'y' } });
    expect(gateway.calls('authorize').pending).toBe(1);
  });

  test('R6 throwing Unauthorized: 401', async () => {
    const authorize = () => {
      throw new Error('Unauthorized');
    };
    const gateway = await testGateway({ authorize }, authorized());
    const { status, body } = await refusal(gateway.url, offer);
    expect(status).toBe(401);
    expect(body).toMatch(
      /^\{"message": "Unauthorized", "connectionId":"[\w-]{15}=", "requestId":"[\w-]{15}="\}$/,
    );
    expect(gateway.calls('connect').pending).toBe(0);
  });

  test.each([
    ['Deny', policy('Deny')],
    ['Allow for another method', policy('Allow', `${arn}x`)],
    ['Allow of another action', policy('Allow', arn, 's3:GetObject')],
    [
      'Allow and Deny',
      {
        Statement: [
          { Effect: 'Allow', Action: '*', Resource: '*' },
          { Effect: 'Deny', Action: '*', Resource: arn },
        ],
      },
    ],
  ])('R6 a policy with %s: 403', async (_name, policyDocument) => {
    const gateway = await testGateway(
      { authorize: () => ({ principalId: 'a', policyDocument }) },
      authorized(),
    );
    expect((await refusal(gateway.url, offer)).status).toBe(403);
    expect(gateway.calls('connect').pending).toBe(0);
  });

  test.each([
    ['throws something else', () => Promise.reject(new Error('database down'))],
    ['returns nothing', () => undefined],
    ['returns no policy', () => ({ principalId: 'alice' })],
    ['returns no principal', () => ({ policyDocument: policy('Allow') })],
    ['returns nested context', () => ({ ...allow, context: { user: { id: 1 } } })],
    ['returns more than 8 KB', () => ({ ...allow, context: { text: 'x'.repeat(8192) } })],
  ])('R6 an authorizer that %s: 500', async (_name, authorize) => {
    const gateway = await testGateway({ authorize }, authorized());
    expect((await refusal(gateway.url, offer)).status).toBe(500);
  });

  test.each([
    arn,
    '*',
    'arn:aws:execute-api:*:*:abcde12345/*',
    'arn:aws:execute-api:eu-west-1:123456789012:abcde12345/v?/$connect',
  ])('R6 Allow on %s: accepted', async (resource) => {
    const authorize = () => ({ principalId: 'alice', policyDocument: policy('Allow', [resource]) });
    const gateway = await testGateway({ authorize, connect: echoProtocol }, authorized());
    expect((await openClient(gateway.url, offer)).ws.protocol).toBe('lapse.v1');
  });

  test('R7 the same token asks the authorizer again', async () => {
    const gateway = await testGateway({ authorize: () => allow, connect: echoProtocol }, authorized());
    await openClient(gateway.url, offer);
    await openClient(gateway.url, offer);
    expect(gateway.calls('authorize').pending).toBe(2);
  });

  test('R8 the context of the authorizer, as strings, is in CONNECT, MESSAGE and DISCONNECT', async () => {
    const authorize = () => ({ ...allow, context: { userId: 'alice', age: 17, adult: false } });
    const gateway = await testGateway({ authorize, connect: echoProtocol }, authorized());
    const client = await openClient(gateway.url, offer);
    client.send({ action: 'echo' });
    await client.frames.next();
    client.ws.close();
    for (const name of ['connect', 'echo', 'disconnect']) {
      const { requestContext } = await gateway.calls(name).next();
      expect(requestContext['authorizer']).toEqual({
        userId: 'alice',
        age: '17',
        adult: 'false',
        principalId: 'alice',
        integrationLatency: expect.any(Number),
      });
    }
  });

  test('R8 without an authorizer there is no such key', async () => {
    const gateway = await testGateway();
    await openClient(gateway.url);
    expect((await gateway.calls('connect').next()).requestContext).not.toHaveProperty('authorizer');
  });

  test('the authorizer sees the whole request, and the id that the connection will have', async () => {
    const gateway = await testGateway({ authorize: () => allow, connect: echoProtocol }, authorized());
    await openClient(`${gateway.url}?a=1`, offer);
    const event = await gateway.calls('authorize').next();
    const connect = await gateway.calls('connect').next();
    expect(event).toMatchObject({
      type: 'REQUEST',
      methodArn: arn,
      headers: {
        'Sec-WebSocket-Protocol': 'lapse.v1,token',
        Upgrade: 'websocket',
        Connection: 'Upgrade',
        'content-length': '0',
      },
      queryStringParameters: { a: '1' },
      multiValueQueryStringParameters: { a: ['1'] },
      stageVariables: {},
      requestContext: {
        routeKey: '$connect',
        eventType: 'CONNECT',
        connectionId: connect.requestContext.connectionId,
      },
    });
    expect(event.requestContext).not.toHaveProperty('authorizer');
  });

  test('an authorizer function that rejects the invocation itself: 500', async () => {
    const gateway = await testGateway({}, authorized(), {
      invoke: () => Promise.reject(new Error('pool closed')),
    });
    expect((await refusal(gateway.url, offer)).status).toBe(500);
  });
});

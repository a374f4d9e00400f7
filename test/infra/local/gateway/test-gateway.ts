import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { type Gateway, type GatewayOptions, startGateway } from '../../../../infra/local/gateway/gateway.ts';
import type { Invoke, LocalApi, LocalRoute } from '../../../../infra/local/model/model.ts';
import { type Queue, queue } from './queue.ts';

/** As loose as what a handler on AWS gets. */
export type TestEvent = {
  readonly [key: string]: unknown;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly requestContext: { readonly [key: string]: unknown; readonly connectionId: string };
};

export type FakeFunctions = Record<string, (event: TestEvent) => unknown>;

export type TestGateway = Gateway & {
  /** Events by function name, in the order of arrival. */
  calls(functionName: string): Queue<TestEvent>;
  management(overrides?: { endpoint?: string; maxAttempts?: number }): ApiGatewayManagementApiClient;
};

export const ok = { statusCode: 200 };

/** A route whose function bears its name. */
export function route(routeKey: string, extra: Partial<LocalRoute> = {}): LocalRoute {
  return { routeKey, functionName: routeKey.replace('$', ''), routeResponse: false, ...extra };
}

export const testApi: LocalApi = {
  apiId: 'abcde12345',
  stage: 'v1',
  region: 'eu-west-1',
  accountId: '123456789012',
  routeSelectionExpression: '$request.body.action',
  routes: [
    route('$connect'),
    route('$disconnect'),
    route('$default'),
    route('echo', { routeResponse: true }),
  ],
};

const running: TestGateway[] = [];

/** A gateway over functions of this process; a function that is not given answers 200. */
export async function testGateway(
  functions: FakeFunctions = {},
  api: Partial<LocalApi> = {},
  options: Partial<GatewayOptions> = {},
): Promise<TestGateway> {
  const queues = new Map<string, Queue<TestEvent>>();
  const calls = (name: string): Queue<TestEvent> => {
    const its = queues.get(name) ?? queue<TestEvent>();
    queues.set(name, its);
    return its;
  };
  const all: FakeFunctions = { echo: ({ body }) => ({ statusCode: 200, body }), ...functions };
  const invoke: Invoke = async (functionName, sent) => {
    // As over a process boundary: what is not JSON does not arrive.
    const event: TestEvent = JSON.parse(JSON.stringify(sent));
    calls(functionName).push(event);
    try {
      return { ok: true, payload: (await (all[functionName] ?? (() => ok))(event)) ?? null };
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      return { ok: false, errorType: name, errorMessage: message, timedOut: false };
    }
  };
  const gateway = await startGateway({ api: { ...testApi, ...api }, invoke, port: 0, ...options });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const started = {
    ...gateway,
    calls,
    management: (overrides = {}) =>
      new ApiGatewayManagementApiClient({
        endpoint: `${gateway.origin}/v1`,
        region: 'eu-west-1',
        credentials,
        maxAttempts: 1,
        ...overrides,
      }),
  };
  running.push(started);
  return started;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((gateway) => gateway.close()));
});

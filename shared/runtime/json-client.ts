import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { NodeSha256 } from './node-sha256.ts';
import { lambdaVariables } from './read-environment.ts';
import { serviceEndpoint } from './service-endpoint.ts';
import { ServiceError } from './service-error.ts';
import { withRetries } from './with-retries.ts';

/** As the signer takes it. */
type HttpRequest = Parameters<SignatureV4['sign']>[0];
type Service = {
  /** As it is signed, and in the names of its endpoints. */
  readonly name: string;
  /** Before the operation in `X-Amz-Target`. */
  readonly target: string;
};

/** @throws ServiceError what the service answers in place of a result */
export type JsonClient = (operation: string, input: object) => Promise<Readonly<Record<string, unknown>>>;

/** Milliseconds for each attempt. */
const inTime = { connectionTimeout: 1_000, requestTimeout: 2_000 };
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * One service that speaks AWS JSON 1.0, by AWS's own signer and HTTP handler: a tenth of its stock client, for functions that
 * need nothing else of the SDK. Credentials are those that Lambda puts into the environment.
 */
export function jsonClient(
  service: Service,
  variables: Variables = lambdaVariables,
  timeouts: typeof inTime = inTime,
): JsonClient {
  const endpoint = serviceEndpoint(service.name, variables);
  const http = new NodeHttpHandler({ ...timeouts, throwOnRequestTimeout: true });
  const signer = new SignatureV4({
    service: service.name,
    region: variables['AWS_REGION'] ?? '',
    sha256: NodeSha256,
    credentials: async () => credentialsIn(variables),
  });

  return async (operation, input) => {
    const request = requestOf(endpoint, `${service.target}.${operation}`, JSON.stringify(input));
    return withRetries(async () => post(request), setTimeout);
  };

  /** Signs again for each attempt: a signature holds for five minutes by the service's clock. */
  async function post(request: HttpRequest) {
    const signed = (await signer.sign(request)) as Parameters<NodeHttpHandler['handle']>[0];
    const { response } = await http.handle(signed);
    const body = bodyOf(await text(response.body));
    if (response.statusCode >= 300) throw new ServiceError(response.statusCode, body);
    return body;
  }
}

function requestOf(endpoint: URL, target: string, body: string): HttpRequest {
  const { protocol, hostname, port, host, pathname } = endpoint;
  return {
    method: 'POST',
    protocol,
    hostname,
    ...(port !== '' && { port: Number(port) }),
    path: pathname,
    query: {},
    headers: { host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
    body,
  };
}

/** What a proxy answers instead of the service need not be JSON. */
function bodyOf(answer: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(answer) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

function credentialsIn(variables: Variables) {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
    AWS_SESSION_TOKEN: sessionToken,
  } = variables;
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

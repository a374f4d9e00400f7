import { setTimeout } from 'node:timers/promises';
import { lambdaVariables } from '../read-environment.ts';
import { type HttpOptions, type HttpResponse, httpExchange } from './http-exchange.ts';
import { serviceEndpoint } from './service-endpoint.ts';
import { ServiceError } from './service-error.ts';
import { type Credentials, signer } from './signer.ts';
import { type RetryOptions, standardRetries } from './with-retries.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

export type AwsRequest = {
  readonly method: 'POST' | 'DELETE';
  /** Its segments percent-encoded. */
  readonly path: string;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
};

/** @throws ServiceError what the service answers in place of a result */
export type AwsClient = (request: AwsRequest) => Promise<HttpResponse>;

export type AwsService = {
  /** As it is signed, and in the name of its endpoint. */
  readonly name: string;
  /** Where it is, other than where the environment or the Region says. */
  readonly endpoint?: URL;
};

/** What each client may change of how it calls. */
export type CallOptions = Partial<HttpOptions & RetryOptions>;

const usual: HttpOptions & RetryOptions = {
  connectionTimeout: 1_000,
  requestTimeout: 2_000,
  maxSockets: 50,
  attempts: 3,
  basePause: 50,
};

/** Beyond this a signature does not hold: the SDK, too, repeats only what the clocks may have failed. */
const noticedSkew = 240_000;

/**
 * Signed calls of one AWS service, repeated as the SDK repeats them. Credentials are those that Lambda puts into the
 * environment, read for each attempt, so that new ones are used from when they are there.
 */
export function awsClient(
  { name, endpoint: given }: AwsService,
  options: CallOptions = {},
  variables: Variables = lambdaVariables,
): AwsClient {
  const { attempts, basePause, ...http } = { ...usual, ...options };
  const endpoint = given ?? serviceEndpoint(name, variables);
  const exchange = httpExchange(endpoint, http);
  const sign = signer({ service: name, region: variables['AWS_REGION'] ?? '' });
  const withRetries = standardRetries({ attempts, basePause }, { pause: setTimeout });
  /** Of the service's clock from ours, in milliseconds. */
  let skew = 0;

  return async (request) => withRetries(async () => attempt(request));

  /** Signs again for each attempt: a signature holds for five minutes by the service's clock. */
  async function attempt(request: AwsRequest): Promise<HttpResponse> {
    const credentials = credentialsIn(variables);
    const signedBy = skew;
    const headers = sign({ ...request, host: endpoint.host }, credentials, new Date(Date.now() + skew));
    const response = await exchange({ ...request, headers });
    noteClock(response);
    if (response.status < 300) return response;
    const error = new ServiceError(response.status, bodyOf(response.body), response.headers);
    error.clockSkewCorrected = Math.abs(skew) >= noticedSkew && skew !== signedBy;
    throw error;
  }

  /** An answer out of a cache says when it was made, not what time it is. */
  function noteClock({ headers: { date, age } }: HttpResponse): void {
    const serverTime = Date.parse(date ?? '');
    if (age === undefined && !Number.isNaN(serverTime)) skew = serverTime - Date.now();
  }
}

/** What a proxy answers instead of the service need not be JSON. */
function bodyOf(answer: Buffer): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(answer.toString());
    return typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

function credentialsIn(variables: Variables): Credentials {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
    AWS_SESSION_TOKEN: sessionToken,
  } = variables;
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

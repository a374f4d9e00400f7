import { text } from 'node:stream/consumers';
import { type LocalCredentials, uncheckedCredentials } from '../model/local-identity.ts';
import { askEngine, type EngineRequest } from './engine-address.ts';
import { signedHeaders } from './sign-request.ts';

/** One call of an AWS service that speaks JSON over POST. */
export type AwsCall = (operation: string, input: object, signal?: AbortSignal) => Promise<unknown>;

export type AwsJsonClientOptions = {
  readonly endpoint: string;
  readonly region: string;
  /** Signing name, e.g. `sqs`. */
  readonly service: string;
  /** What stands before the operation in X-Amz-Target, e.g. `DynamoDB_20120810`. */
  readonly targetPrefix: string;
  /** An engine by itself checks none. */
  readonly credentials?: LocalCredentials;
};

/** What the service answered instead of a result; `name` is the service's own. */
export class AwsServiceError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** A signed client of a few lines: the runtime starts without loading four SDK clients. */
export function awsJsonClient(options: AwsJsonClientOptions): AwsCall {
  const { endpoint, targetPrefix, credentials = uncheckedCredentials, ...scope } = options;
  const url = `${endpoint}/`;
  return async (operation, input, signal) => {
    const body = JSON.stringify(input);
    const headers = await signedHeaders(
      { ...scope, credentials },
      {
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `${targetPrefix}.${operation}`,
        },
        body,
      },
    );
    const asked: EngineRequest = {
      method: 'POST',
      path: '/',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      body,
      signal,
    };
    const response = await askEngine({ origin: endpoint }, asked);
    const { statusCode = 0 } = response;
    const received = await text(response);
    const answer: unknown = received === '' ? {} : JSON.parse(received);
    if (statusCode >= 200 && statusCode < 300) return answer;
    throw serviceError(answer, `${operation}: HTTP ${statusCode}`);
  };
}

const textOf = (answer: unknown, ...keys: readonly string[]): string | undefined =>
  typeof answer === 'object' && answer !== null
    ? Object.entries(answer)
        .filter(([key, value]) => keys.includes(key) && typeof value === 'string')
        .map(([, value]) => String(value))[0]
    : undefined;

const serviceError = (answer: unknown, fallback: string): AwsServiceError => {
  const type = textOf(answer, '__type') ?? 'UnknownError';
  return new AwsServiceError(
    type.slice(type.lastIndexOf('#') + 1),
    textOf(answer, 'message', 'Message') ?? fallback,
  );
};

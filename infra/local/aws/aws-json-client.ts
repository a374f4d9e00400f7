import { SignatureV4 } from '@smithy/signature-v4';
import { localCredentials } from '../model/local-identity.ts';
import { NodeSha256 } from './node-sha256.ts';

/** One call of an AWS service that speaks JSON over POST. */
export type AwsCall = (operation: string, input: object) => Promise<unknown>;

export type AwsJsonClientOptions = {
  readonly endpoint: string;
  readonly region: string;
  /** Signing name, e.g. `sqs`. */
  readonly service: string;
  /** What stands before the operation in X-Amz-Target, e.g. `DynamoDB_20120810`. */
  readonly targetPrefix: string;
};

/** What the service answered instead of a result; `name` is the service's own. */
export class AwsServiceError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** A signed client of a few lines: the runtime starts without loading four SDK clients. */
export function awsJsonClient({ endpoint, region, service, targetPrefix }: AwsJsonClientOptions): AwsCall {
  const { host, hostname } = new URL(endpoint);
  const signer = new SignatureV4({ credentials: localCredentials, region, service, sha256: NodeSha256 });
  return async (operation, input) => {
    const body = JSON.stringify(input);
    const signed = await signer.sign({
      method: 'POST',
      protocol: 'http:',
      hostname,
      path: '/',
      headers: {
        host,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${targetPrefix}.${operation}`,
      },
      body,
    });
    const response = await fetch(`${endpoint}/`, { method: 'POST', headers: signed.headers, body });
    const text = await response.text();
    const answer: unknown = text === '' ? {} : JSON.parse(text);
    if (response.ok) return answer;
    throw serviceError(answer, `${operation}: HTTP ${response.status}`);
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

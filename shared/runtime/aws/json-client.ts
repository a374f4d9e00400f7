import { type AwsService, awsClient, type CallOptions, type Variables } from './aws-client.ts';

/** @throws ServiceError what the service answers in place of a result */
export type JsonClient = (operation: string, input: object) => Promise<Readonly<Record<string, unknown>>>;

type JsonService = AwsService & {
  /** Before the operation in `X-Amz-Target`. */
  readonly target: string;
};

/** One service that speaks AWS JSON 1.0. */
export function jsonClient(service: JsonService, options?: CallOptions, variables?: Variables): JsonClient {
  const call = awsClient(service, options, variables);
  return async (operation, input) => {
    const { body } = await call({
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${service.target}.${operation}`,
      },
      body: JSON.stringify(input),
    });
    return parsed(body);
  };
}

/** With a text of ours: what the parser says quotes the answer. */
function parsed(body: Buffer): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString()) as Readonly<Record<string, unknown>>;
  } catch {
    throw new SyntaxError('the service answered something else than JSON');
  }
}

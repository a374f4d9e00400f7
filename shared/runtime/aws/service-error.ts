import type { IncomingHttpHeaders } from 'node:http';

type Body = Readonly<Record<string, unknown>>;

/** What an AWS service answers in place of a result; `name` is its exception's, as the SDK has it. */
export class ServiceError extends Error {
  readonly status: number;
  /** Of a conditional write that asked for it: the item that was there, as the service spells it. */
  readonly Item: unknown;
  /** Of a transaction: why each of its parts was not done. */
  readonly CancellationReasons: unknown;
  /** Milliseconds that the service asks to be left alone. */
  readonly retryAfter: number | undefined;
  /** Whether the clocks were found to differ, and the next attempt goes by the service's. */
  clockSkewCorrected = false;

  constructor(status: number, body: Body, headers: IncomingHttpHeaders = {}) {
    super(`the service answered ${status}`);
    this.name = nameOf(body, headers) ?? 'ServiceError';
    this.status = status;
    this.Item = body['Item'];
    this.CancellationReasons = body['CancellationReasons'];
    this.retryAfter = retryAfterOf(headers);
  }
}

/** `com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException`, or with an address after a colon. */
function nameOf(body: Body, { 'x-amzn-errortype': header }: IncomingHttpHeaders): string | undefined {
  const given = body['__type'] ?? body['code'] ?? header;
  if (typeof given !== 'string' && typeof given !== 'number') return undefined;
  return String(given)
    .replace(/[,:].*$/, '')
    .replace(/^.*#/, '');
}

function retryAfterOf(headers: IncomingHttpHeaders): number | undefined {
  const { 'x-amz-retry-after': millis, 'retry-after': seconds } = headers;
  if (seconds !== undefined) {
    const wait = /^[\d.]+$/.test(seconds) ? Number(seconds) * 1000 : Date.parse(seconds) - Date.now();
    return Number.isNaN(wait) ? undefined : wait;
  }
  const wait = Number(millis ?? 'none');
  return Number.isNaN(wait) ? undefined : wait;
}

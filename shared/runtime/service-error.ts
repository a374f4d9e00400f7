/** What an AWS service answers in place of a result; `name` is its exception's, as the SDK has it. */
export class ServiceError extends Error {
  readonly status: number;
  /** Of a conditional write that asked for it: the item that was there, as the service spells it. */
  readonly Item: unknown;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(`the service answered ${status}`);
    // `com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException`, or with an address after a colon.
    this.name = String(body['__type'] ?? body['code'] ?? 'ServiceError')
      .replace(/^.*#/, '')
      .replace(/:.*$/, '');
    this.status = status;
    this.Item = body['Item'];
  }
}

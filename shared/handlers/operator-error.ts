/** What an operator is told in a line of its own: ids, names of stores and of options. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly code: 'INVALID_INPUT' | 'UNKNOWN_USER' | 'UNKNOWN_REPORT' | 'UNKNOWN_SENDER' | 'NOT_FOUND';

  constructor(code: OperatorError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** A command that was refused, or whose function failed: then `code` is `FUNCTION_FAILED`, and its log says why. */
export class LapseServerError extends Error {
  override readonly name = 'LapseServerError';
  readonly code: string;
  /** With `RATE_LIMITED`: milliseconds after which the same command can succeed. */
  readonly retryAfterMs?: number;

  constructor(code: string, message: string, retryAfterMs?: number) {
    super(message);
    this.code = code;
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
  }
}

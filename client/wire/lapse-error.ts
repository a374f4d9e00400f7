import type { ErrorCode } from '../../shared/protocol/errors.ts';

/** What the server answers, and what only this side calls an error: `LEGAL_HOLD` is an erasure refused in part. */
export type LapseErrorCode =
  | ErrorCode
  | 'NOT_CONNECTED'
  | 'TIMEOUT'
  | 'CLOSED'
  | 'TOKEN_UNAVAILABLE'
  | 'TOKEN_REFUSED'
  | 'LEGAL_HOLD';

export class LapseError extends Error {
  override readonly name = 'LapseError';
  readonly code: LapseErrorCode;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** After how many milliseconds it can, if the server has said so. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: LapseErrorCode,
    message: string,
    retryable: boolean,
    { retryAfterMs, ...options }: ErrorOptions & { readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options);
    this.code = code;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }
}

export const notConnected = (): LapseError => new LapseError('NOT_CONNECTED', 'not connected', true);

export const sessionOver = (message: string, cause?: unknown): LapseError =>
  new LapseError('NOT_CONNECTED', message, true, { cause });

export const asLapseError = (error: unknown): LapseError =>
  error instanceof LapseError ? error : sessionOver('not connected', error);

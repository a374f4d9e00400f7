/** Every failure a client can see. Messages are fixed, so nothing of anybody's and nothing internal leaks. */
export const errors = {
  INVALID_FRAME: { message: 'frame does not match the protocol', retryable: false },
  UNKNOWN_ACTION: { message: 'no such action', retryable: false },
  TOKEN_EXPIRED: { message: 'token has expired, reconnect with a new one', retryable: false },
  CONSENT_REQUIRED: { message: 'consent is missing, outdated or withdrawn', retryable: false },
  CONSENT_STALE: { message: 'policy version is not the current one', retryable: false },
  AGE_NOT_MET: { message: 'minimum age of the jurisdiction is not met', retryable: false },
  AGE_NOT_ASSURED: { message: 'the age has to be shown to the operator of the app', retryable: false },
  JURISDICTION_UNKNOWN: { message: 'jurisdiction is not supported', retryable: false },
  NOT_FOUND: { message: 'not found', retryable: false },
  FORBIDDEN: { message: 'not allowed here', retryable: false },
  WAITING: { message: 'waits for the other person', retryable: true },
  SENSITIVE_DATA: { message: 'sensitive data is not accepted here', retryable: false },
  REVIEW_REFUSED: { message: 'not accepted by the review of this service', retryable: false },
  REVIEW_UNAVAILABLE: { message: 'cannot be reviewed at present', retryable: true },
  TOO_LARGE: { message: 'content is larger than the limit', retryable: false },
  RATE_LIMITED: { message: 'too many frames, slow down', retryable: true },
  CONFLICT: { message: 'changed by somebody else meanwhile', retryable: true },
  EXPIRED: { message: 'the time of this message is over', retryable: false },
  WINDOW_CLOSED: { message: 'can no longer be changed', retryable: false },
  NOT_STORED: { message: 'not stored by this service', retryable: false },
  MEDIA_MISMATCH: { message: 'media is missing or differs from its description', retryable: false },
  INTERNAL: { message: 'internal error', retryable: true },
} as const satisfies Record<string, { message: string; retryable: boolean }>;

export type ErrorCode = keyof typeof errors;

export type ErrorDetails = {
  /** With `RATE_LIMITED`: milliseconds after which the same frame can succeed. */
  readonly retryAfterMs?: number;
};

/** A failure that the client may know; anything else becomes INTERNAL. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, { retryAfterMs, ...options }: ErrorOptions & ErrorDetails = {}) {
    super(errors[code].message, options);
    this.code = code;
    this.details = retryAfterMs === undefined ? {} : { retryAfterMs };
  }
}

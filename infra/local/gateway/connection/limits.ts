/** Quotas of API Gateway that no request can raise. */
export const limits = {
  frameBytes: 32 * 1024,
  messageBytes: 128 * 1024,
  urlCharacters: 4096,
  authorizerResultBytes: 8 * 1024,
  integrationTimeoutMs: 29_000,
  idleTimeoutMs: 10 * 60_000,
  maxDurationMs: 2 * 60 * 60_000,
} as const;

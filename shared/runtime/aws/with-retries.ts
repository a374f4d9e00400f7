import { ServiceError } from './service-error.ts';

export type RetryOptions = {
  readonly attempts: number;
  /** Before the first repeat at most; after a throttle it is a second. */
  readonly basePause: number;
};

export type WithRetries = <Result>(attempt: () => Promise<Result>) => Promise<Result>;

type Deps = { readonly pause: (millis: number) => Promise<unknown>; readonly random?: () => number };

/** Codes that say: too much for now. */
const throttles = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);
/** Of the service: another attempt may do. */
const passing = new Set(['RequestTimeout', 'RequestTimeoutException']);
const passingStatus = new Set([500, 502, 503, 504]);
/** Of Node: the request may or may not have arrived. */
const interruptions = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

const throttlePause = 1_000;
const longestPause = 20_000;
/** Beyond its own pause, so much of what the service asks for is granted. */
const mostGranted = 5_000;

/** What a client has for repeats: each takes some, each success gives some back, so that an outage is not made worse. */
const fullQuota = 500;
const costs = { throttle: 5, transient: 14 };
const gainOfFirst = 1;

/**
 * The standard mode of the SDK: full jitter that doubles, and a quota that all calls of a client share. After a throttle, a fault
 * of the service, a broken connection or a clock put right.
 */
export function standardRetries(
  { attempts, basePause }: RetryOptions,
  { pause, random = Math.random }: Deps,
): WithRetries {
  let quota = fullQuota;

  return async (attempt) => {
    let gain = gainOfFirst;
    for (let failures = 1; ; failures += 1) {
      try {
        const result = await attempt();
        quota = Math.min(fullQuota, quota + gain);
        return result;
      } catch (error) {
        const kind = kindOf(error);
        if (kind === 'final' || failures >= attempts || quota < costs[kind]) throw error;
        gain = costs[kind];
        quota -= gain;
        await pause(pauseAfter(error, kind, failures));
      }
    }
  };

  function pauseAfter(error: unknown, kind: 'throttle' | 'transient', failures: number): number {
    const base = kind === 'throttle' ? throttlePause : basePause;
    const own = Math.floor(random() * Math.min(base * 2 ** (failures - 1), longestPause));
    const asked = error instanceof ServiceError ? error.retryAfter : undefined;
    return asked === undefined ? own : Math.max(own, Math.min(asked, own + mostGranted));
  }
}

function kindOf(error: unknown): 'throttle' | 'transient' | 'final' {
  if (error instanceof ServiceError) {
    const { name, status, clockSkewCorrected } = error;
    if (status === 429 || throttles.has(name)) return 'throttle';
    return passingStatus.has(status) || passing.has(name) || clockSkewCorrected ? 'transient' : 'final';
  }
  const { name, code } = error as Partial<NodeJS.ErrnoException>;
  return name === 'TimeoutError' || interruptions.has(code ?? '') ? 'transient' : 'final';
}

import { ServiceError } from './service-error.ts';

const attempts = 3;
const firstPauseMillis = 50;

/** Codes that say: too much for now. */
const throttles = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottledException',
  'ThrottledException',
  'ThrottlingException',
  'TooManyRequestsException',
]);
/** Of Node: the request may or may not have arrived. */
const interruptions = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN']);

/** Three attempts, as the SDK's standard mode: after a throttle, a fault of the service, or a broken connection. */
export async function withRetries<Result>(
  attempt: () => Promise<Result>,
  pause: (millis: number) => Promise<void>,
): Promise<Result> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (failures >= attempts || !isTransient(error)) throw error;
      await pause(Math.random() * firstPauseMillis * 2 ** failures);
    }
  }
}

function isTransient(error: unknown): boolean {
  if (error instanceof ServiceError) return error.status >= 500 || throttles.has(error.name);
  const { name, code } = error as Partial<NodeJS.ErrnoException>;
  return name === 'TimeoutError' || interruptions.has(code ?? '');
}

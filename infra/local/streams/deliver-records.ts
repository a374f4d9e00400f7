import type { InvocationResult, Invoke } from '../model/model.ts';
import type { StreamSource } from '../model/system-model.ts';
import { batchItemFailures } from '../queues/batch-item-failures.ts';
import { type StreamRecord, sequenceNumberOf } from './read-shard.ts';

/** Why records are given up; `result` is what the function answered last, if it was asked. */
export type GivenUp = {
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  readonly attempts: number;
  readonly result?: InvocationResult;
};

export type RecordDelivery = {
  readonly invoke: Invoke;
  /** Adds what Lambda adds to each record, e.g. its region. */
  readonly eventOf: (records: readonly StreamRecord[]) => object;
  /** Takes what was given up. */
  readonly onGivenUp: (records: readonly StreamRecord[], why: GivenUp) => Promise<void>;
  /** Waits before the next attempt; ends early, with false, when the system stops. */
  readonly backOff: (attempt: number) => Promise<boolean>;
};

/** Hands one batch over in order, with the retries, halving and giving up of the event source. False: stopped before the end. */
export async function deliverRecords(
  delivery: RecordDelivery,
  source: StreamSource,
  records: readonly StreamRecord[],
): Promise<boolean> {
  let remaining = records;
  for (let attempt = 1; remaining.length > 0; attempt += 1) {
    const tooOld = countTooOld(source, remaining);
    if (tooOld > 0) {
      const why = { condition: 'RecordAgeExceeded', attempts: attempt - 1 } as const;
      await delivery.onGivenUp(remaining.slice(0, tooOld), why);
      remaining = remaining.slice(tooOld);
      if (remaining.length === 0) return true;
    }
    const result = await delivery.invoke(source.functionName, delivery.eventOf(remaining));
    const failedFrom = firstFailure(result, source, remaining);
    if (failedFrom === undefined) return true;
    if (failedFrom > 0) attempt = 1;
    remaining = remaining.slice(failedFrom);
    const halves = source.bisectOnError && remaining.length > 1 && (!result.ok || failedFrom === 0);
    if (halves) return await deliverHalves(delivery, source, remaining);
    if (source.maximumRetryAttempts >= 0 && attempt > source.maximumRetryAttempts) {
      await delivery.onGivenUp(remaining, { condition: 'RetryAttemptsExhausted', attempts: attempt, result });
      return true;
    }
    if (!(await delivery.backOff(attempt))) return false;
  }
  return true;
}

/** How many of the first, which are the oldest, the function is not to see any more. */
const countTooOld = ({ maximumRecordAgeSeconds }: StreamSource, records: readonly StreamRecord[]): number => {
  if (maximumRecordAgeSeconds < 0) return 0;
  const oldest = Date.now() / 1000 - maximumRecordAgeSeconds;
  const fresh = records.findIndex(
    (record) => (record.dynamodb.ApproximateCreationDateTime ?? oldest) >= oldest,
  );
  return fresh === -1 ? records.length : fresh;
};

const deliverHalves = async (
  delivery: RecordDelivery,
  source: StreamSource,
  records: readonly StreamRecord[],
): Promise<boolean> => {
  const middle = Math.ceil(records.length / 2);
  const first = await deliverRecords(delivery, source, records.slice(0, middle));
  return first && (await deliverRecords(delivery, source, records.slice(middle)));
};

/** Where to go on from: everything from the lowest reported sequence number is handed over again. */
const firstFailure = (
  result: InvocationResult,
  source: StreamSource,
  records: readonly StreamRecord[],
): number | undefined => {
  if (!result.ok) return 0;
  if (!source.reportsItemFailures) return undefined;
  const failed = batchItemFailures(result.payload, records.map(sequenceNumberOf));
  if (failed === 'all') return 0;
  const first = records.findIndex((record) => failed.includes(sequenceNumberOf(record)));
  return first === -1 ? undefined : first;
};

import { setTimeout as wait } from 'node:timers/promises';
import type { Invoke } from '../model/model.ts';
import type { StreamSource } from '../model/system-model.ts';
import { batchItemFailures } from '../queues/batch-item-failures.ts';
import type { StreamRecord } from './stream-reader.ts';

export type RecordDelivery = {
  readonly region: string;
  readonly invoke: Invoke;
  /** Notes that these were given up. */
  readonly giveUp: (records: readonly StreamRecord[], condition: GivenUp) => Promise<void>;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Lambda does not say how long it waits; a second at most here. */
  readonly pauseMs?: number;
};

export type GivenUp = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/**
 * Hands over one batch of one shard, as Lambda does: until it is done, or given up, nothing behind it is delivered. What a function
 * reports as failed is delivered again from the first of it on; a batch that fails whole is halved where the template says so.
 */
export async function deliverRecords(
  delivery: RecordDelivery,
  source: StreamSource,
  batch: readonly StreamRecord[],
): Promise<void> {
  const { invoke, now, signal, pauseMs = 100 } = delivery;
  let left = batch;
  for (let tries = 0; left.length > 0; tries += 1) {
    if (signal.aborted) return;
    const young = left.filter((record) => !isTooOld(source, record, now()));
    if (young.length < left.length)
      await delivery.giveUp(
        left.filter((record) => !young.includes(record)),
        'RecordAgeExceeded',
      );
    left = young;
    if (left.length === 0) return;
    if (tries > (source.mostRetries ?? Number.POSITIVE_INFINITY)) {
      await delivery.giveUp(left, 'RetryAttemptsExhausted');
      return;
    }
    if (tries > 0)
      await wait(Math.min(1_000, pauseMs * 2 ** tries), undefined, { signal }).catch(() => undefined);
    const result = await invoke(source.functionName, eventOf(left, source, delivery.region));
    const numbers = left.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const failed = !result.ok
      ? 'all'
      : source.reportsItemFailures
        ? batchItemFailures(result.payload, numbers)
        : [];
    if (failed === 'all') {
      if (!source.bisects || left.length === 1) continue;
      const middle = Math.ceil(left.length / 2);
      await deliverRecords(delivery, source, left.slice(0, middle));
      await deliverRecords(delivery, source, left.slice(middle));
      return;
    }
    if (failed.length === 0) return;
    left = left.slice(Math.min(...failed.map((number) => numbers.indexOf(number))));
  }
}

const isTooOld = ({ mostAge }: StreamSource, { dynamodb }: StreamRecord, now: number): boolean =>
  mostAge !== undefined && now - dynamodb.ApproximateCreationDateTime * 1000 > mostAge * 1000;

/** The event that Lambda makes of a batch. */
const eventOf = (
  records: readonly StreamRecord[],
  { streamArn }: StreamSource,
  awsRegion: string,
): object => ({
  Records: records.map((record) => ({ ...record, eventSourceARN: streamArn, awsRegion })),
});

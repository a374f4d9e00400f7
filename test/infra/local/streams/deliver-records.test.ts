import type { InvocationResult } from '../../../../infra/local/model/model.ts';
import { deliverRecords } from '../../../../infra/local/streams/deliver-records.ts';
import type { StreamRecord } from '../../../../infra/local/streams/stream-reader.ts';

const source = {
  tableName: 't',
  streamArn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/t/stream/local',
  functionName: 'publish',
  batchSize: 10,
  batchWindowSeconds: 0,
  bisects: true,
  reportsItemFailures: true,
};
const now = 1_800_000_000_000;
const records = (count: number, seconds = now / 1000): readonly StreamRecord[] =>
  Array.from({ length: count }, (_, index) => ({
    eventID: String(index),
    eventName: 'INSERT' as const,
    dynamodb: { Keys: {}, SequenceNumber: String(index), ApproximateCreationDateTime: seconds },
  }));

/** What each invocation is given, and what is given up. */
async function delivered(
  answer: (numbers: readonly string[], call: number) => InvocationResult,
  batch = records(4),
  more: object = {},
): Promise<readonly (readonly string[])[]> {
  const calls: string[][] = [];
  const numbersOf = (some: readonly StreamRecord[]) => some.map(({ dynamodb }) => dynamodb.SequenceNumber);
  await deliverRecords(
    {
      region: 'eu-west-1',
      invoke: async (_, event) => {
        const numbers = numbersOf((event as { readonly Records: readonly StreamRecord[] }).Records);
        calls.push([...numbers]);
        return answer(numbers, calls.length);
      },
      giveUp: async (some, condition) => void calls.push([condition, ...numbersOf(some)]),
      now: () => now,
      signal: new AbortController().signal,
      pauseMs: 0,
    },
    { ...source, ...more },
    batch,
  );
  return calls;
}
const done: InvocationResult = { ok: true, payload: { batchItemFailures: [] } };
const failed: InvocationResult = { ok: false, errorType: 'Error', errorMessage: '', timedOut: false };
const failedAt = (itemIdentifier: string): InvocationResult => ({
  ok: true,
  payload: { batchItemFailures: [{ itemIdentifier }] },
});

test('what is reported as failed comes again from there on', async () => {
  expect(await delivered((_, call) => (call === 1 ? failedAt('2') : done))).toEqual([
    ['0', '1', '2', '3'],
    ['2', '3'],
  ]);
});

test('a batch that fails whole is halved, and keeps its order', async () => {
  expect(await delivered((numbers) => (numbers.length > 1 ? failed : done))).toEqual([
    ['0', '1', '2', '3'],
    ['0', '1'],
    ['0'],
    ['1'],
    ['2', '3'],
    ['2'],
    ['3'],
  ]);
});

test('what is too old, or was tried too often, is given up and noted; what is behind it is delivered', async () => {
  expect(await delivered(() => done, records(2, now / 1000 - 61), { mostAge: 60 })).toEqual([
    ['RecordAgeExceeded', '0', '1'],
  ]);
  const once = { mostRetries: 1 };
  expect(await delivered((numbers) => (numbers[0] === '0' ? failed : done), records(2), once)).toEqual([
    ['0', '1'],
    ['0'],
    ['0'],
    ['RetryAttemptsExhausted', '0'],
    ['1'],
  ]);
});

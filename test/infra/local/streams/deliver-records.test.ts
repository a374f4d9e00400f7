import fc from 'fast-check';
import type { InvocationResult } from '../../../../infra/local/model/model.ts';
import type { StreamSource } from '../../../../infra/local/model/system-model.ts';
import { deliverRecords } from '../../../../infra/local/streams/deliver-records.ts';
import { type StreamRecord, sequenceNumberOf } from '../../../../infra/local/streams/read-shard.ts';

const source: StreamSource = {
  sourceId: 's',
  tableName: 't',
  functionName: 'f',
  batchSize: 100,
  batchWindowSeconds: 0,
  startingPosition: 'LATEST',
  maximumRetryAttempts: 2,
  maximumRecordAgeSeconds: -1,
  bisectOnError: false,
  reportsItemFailures: false,
};

const records = (count: number): StreamRecord[] =>
  Array.from({ length: count }, (_, index) => ({ dynamodb: { SequenceNumber: String(index + 1) } }));

const crashed: InvocationResult = { ok: false, errorType: 'Error', errorMessage: 'x', timedOut: false };
const fine: InvocationResult = { ok: true, payload: null };

/** Delivers to a function that answers by the sequence numbers it is given. */
async function run(
  batch: readonly StreamRecord[],
  settings: Partial<StreamSource>,
  answer: (numbers: string[]) => InvocationResult,
) {
  const calls: string[][] = [];
  const givenUp: string[] = [];
  const conditions: string[] = [];
  const finished = await deliverRecords(
    {
      invoke: async (_name, event) => {
        const numbers = (event as StreamRecord[]).map(sequenceNumberOf);
        calls.push(numbers);
        return answer(numbers);
      },
      eventOf: (some) => some,
      onGivenUp: async (some, { condition }) => {
        givenUp.push(...some.map(sequenceNumberOf));
        conditions.push(condition);
      },
      backOff: async (attempt) => attempt < 20,
    },
    { ...source, ...settings },
    batch,
  );
  return { calls, givenUp, conditions, finished };
}

test('hands a batch over once when the function takes it', async () => {
  expect(await run(records(3), {}, () => fine)).toEqual({
    calls: [['1', '2', '3']],
    givenUp: [],
    conditions: [],
    finished: true,
  });
});

test('retries as often as the template says, then gives the batch up', async () => {
  const { calls, givenUp } = await run(records(1), {}, () => crashed);
  expect([calls.length, givenUp]).toEqual([3, ['1']]);
});

test('without a limit retries until the system stops', async () => {
  const { givenUp, finished } = await run(records(1), { maximumRetryAttempts: -1 }, () => crashed);
  expect([givenUp, finished]).toEqual([[], false]);
});

test('what is older than the template allows is given up unseen, the rest is delivered', async () => {
  const aged = [3600, 3600, 1].map((seconds, index) => ({
    dynamodb: {
      SequenceNumber: String(index + 1),
      ApproximateCreationDateTime: Math.floor(Date.now() / 1000) - seconds,
    },
  }));
  expect(await run(aged, { maximumRecordAgeSeconds: 60 }, () => fine)).toEqual({
    calls: [['3']],
    givenUp: ['1', '2'],
    conditions: ['RecordAgeExceeded'],
    finished: true,
  });
  expect((await run(aged, {}, () => fine)).calls).toEqual([['1', '2', '3']]);
});

test('goes on from the lowest record that the function reports', async () => {
  const failOnce = new Set(['2']);
  const { calls } = await run(records(3), { reportsItemFailures: true }, (numbers) => {
    const failed = numbers.filter((number) => failOnce.delete(number));
    return { ok: true, payload: { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) } };
  });
  expect(calls).toEqual([
    ['1', '2', '3'],
    ['2', '3'],
  ]);
});

test('by halving, only the poisoned records are given up and all others are taken in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.func(fc.boolean()), async (count, isPoison) => {
      const batch = records(count);
      const poison = batch.map(sequenceNumberOf).filter((number) => isPoison(number));
      const taken: string[] = [];
      const { givenUp } = await run(batch, { bisectOnError: true, maximumRetryAttempts: 0 }, (numbers) => {
        if (numbers.some((number) => poison.includes(number))) return crashed;
        taken.push(...numbers);
        return fine;
      });
      expect(givenUp).toEqual(poison);
      expect(taken).toEqual(batch.map(sequenceNumberOf).filter((number) => !poison.includes(number)));
    }),
  );
});

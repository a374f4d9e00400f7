import { type AwsCall, awsJsonClient } from '../../../../infra/local/aws/aws-json-client.ts';
import { type GuardedEngine, guardEngine } from '../../../../infra/local/aws/guarded-engine.ts';
import { startCredentials } from '../../../../infra/local/credentials/start-credentials.ts';
import type { InvocationResult } from '../../../../infra/local/model/model.ts';
import {
  type StorageServer,
  startStorageServer,
} from '../../../../infra/local/object-store/storage-server.ts';
import { createQueues, queueUrl } from '../../../../infra/local/queues/create-queues.ts';
import { deliverBatch, deliverQueue } from '../../../../infra/local/queues/deliver-queue.ts';

const region = 'eu-west-1';
const source = {
  queueName: 'work',
  functionName: 'worker',
  batchSize: 10,
  batchWindowSeconds: 0,
  reportsItemFailures: true,
  maximumConcurrency: 2,
};
const redrive = JSON.stringify({
  deadLetterTargetArn: `arn:aws:sqs:${region}:000000000000:dead`,
  maxReceiveCount: 2,
});
const queues = [
  { queueName: 'dead', attributes: {} },
  // Failed messages come back at once.
  { queueName: 'work', attributes: { VisibilityTimeout: '0', RedrivePolicy: redrive } },
  { queueName: 'steady', attributes: { VisibilityTimeout: '30' } },
];

type QueueRecords = {
  readonly Records: readonly { messageId: string; body: string; eventSourceARN: string }[];
};

let storage: StorageServer;
let guard: GuardedEngine;
let sqs: AwsCall;
const credentials = startCredentials();
beforeAll(async () => {
  storage = await startStorageServer(undefined);
  guard = await guardEngine({ engine: storage.address, service: 'sqs', credentials });
  sqs = awsJsonClient({
    endpoint: guard.endpoint,
    region,
    credentials,
    service: 'sqs',
    targetPrefix: 'AmazonSQS',
  });
});
afterAll(async () => {
  await guard.close();
  await storage.close();
});
beforeEach(async () => {
  await createQueues(sqs, guard.endpoint, queues);
  for (const { queueName } of queues)
    await sqs('PurgeQueue', { QueueUrl: queueUrl(guard.endpoint, queueName) });
});

const sendTo = (queueName: string, MessageBody: string) =>
  sqs('SendMessage', { QueueUrl: queueUrl(guard.endpoint, queueName), MessageBody });

const send = (...bodies: string[]) => Promise.all(bodies.map((body) => sendTo('work', body)));

const bodiesIn = async (queueName: string): Promise<readonly string[]> => {
  const QueueUrl = queueUrl(guard.endpoint, queueName);
  const { Messages = [] } = (await sqs('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 })) as {
    Messages?: { Body: string }[];
  };
  return Messages.map((message) => message.Body).sort();
};

const delivery = (handle: (event: QueueRecords) => InvocationResult) => ({
  sqs,
  endpoint: guard.endpoint,
  region,
  onError: (error: unknown) => {
    throw error;
  },
  pollEveryMs: 5,
  invoke: async (_name: string, event: unknown) => handle(event as QueueRecords),
});

const crashed: InvocationResult = { ok: false, errorType: 'Error', errorMessage: 'x', timedOut: false };

test('hands a batch to the function and deletes what it took', async () => {
  await send('a', 'b');
  const seen: QueueRecords[] = [];
  await deliverBatch(
    delivery((event) => {
      seen.push(event);
      return { ok: true, payload: { batchItemFailures: [] } };
    }),
    source,
  );
  expect(seen[0]?.Records.map((record) => record.body).sort()).toEqual(['a', 'b']);
  expect(seen[0]?.Records[0]?.eventSourceARN).toBe('arn:aws:sqs:eu-west-1:000000000000:work');
  expect(await bodiesIn('work')).toEqual([]);
});

test('keeps only the messages that the function reports as failed', async () => {
  await send('good', 'bad');
  const failBad = delivery(({ Records }) => ({
    ok: true,
    payload: {
      batchItemFailures: Records.filter((record) => record.body === 'bad').map((record) => ({
        itemIdentifier: record.messageId,
      })),
    },
  }));
  await deliverBatch(failBad, source);
  expect(await bodiesIn('work')).toEqual(['bad']);
});

test('waits for more within the window of the template, and no longer once the batch is full', async () => {
  const steady = { ...source, queueName: 'steady' };
  await sendTo('steady', 'first');
  const batches: string[][] = [];
  const taking = delivery(({ Records }) => {
    batches.push(Records.map((record) => record.body));
    return { ok: true, payload: null };
  });
  const batch = deliverBatch(taking, { ...steady, batchSize: 12, batchWindowSeconds: 600 });
  for (let number = 2; number <= 13; number += 1) await sendTo('steady', `${number}`);
  expect(await batch).toBe(12);
  await deliverBatch(taking, steady);
  expect(batches.map((bodies) => bodies.length)).toEqual([12, 1]);
});

test('a window that ends hands over what has come', async () => {
  await sendTo('steady', 'only');
  const taken = deliverBatch(
    delivery(() => ({ ok: true, payload: null })),
    { ...source, queueName: 'steady', batchWindowSeconds: 0.1 },
  );
  expect(await taken).toBe(1);
});

test.each([
  ['a crash', crashed],
  [
    'an answer nobody understands',
    { ok: true, payload: { batchItemFailures: [{ itemIdentifier: 'unknown' }] } } as const,
  ],
])('keeps the whole batch after %s', async (_what, result) => {
  await send('a', 'b');
  await deliverBatch(
    delivery(() => result),
    source,
  );
  expect(await bodiesIn('work')).toEqual(['a', 'b']);
});

test('moves a message that keeps failing to the dead-letter queue, and goes on with the others', async () => {
  await send('poison', 'fine');
  const rest = new Set(['poison', 'fine']);
  const attempts: string[] = [];
  const settled = Promise.withResolvers<void>();
  const poller = deliverQueue(
    delivery(({ Records }) => {
      const bodies = Records.map((record) => record.body);
      attempts.push(...bodies.filter((body) => body === 'poison'));
      for (const body of bodies) if (body === 'fine' || attempts.length === 2) rest.delete(body);
      if (rest.size === 0) settled.resolve();
      return {
        ok: true,
        payload: {
          batchItemFailures: Records.filter((record) => record.body === 'poison').map((record) => ({
            itemIdentifier: record.messageId,
          })),
        },
      };
    }),
    source,
  );
  await settled.promise;
  await poller.stop();
  // The next receive is the third: it moves the message instead of giving it.
  expect(await bodiesIn('work')).toEqual([]);
  expect(await bodiesIn('dead')).toEqual(['poison']);
});

test('a queue without messages is asked once, answers as soon as there is one, and is waited at no longer than it runs', async () => {
  const asks: Promise<unknown>[] = [];
  const again = Promise.withResolvers<void>();
  const asking: AwsCall = (operation, input, signal) => {
    const answered = sqs(operation, input, signal);
    if (operation === 'ReceiveMessage') asks.push(answered);
    if (asks.length === 2) again.resolve();
    return answered;
  };
  const handled = Promise.withResolvers<number>();
  const taking = delivery(() => {
    handled.resolve(asks.length);
    return { ok: true, payload: null };
  });
  const one = { ...source, queueName: 'steady', maximumConcurrency: 1 };
  const poller = deliverQueue({ ...taking, sqs: asking }, one);
  for (let count = 0; count < 20; count += 1) await sendTo('work', 'elsewhere');
  await sendTo('steady', 'late');
  expect(await handled.promise).toBe(1);
  await again.promise;
  await Promise.all([poller.stop(), expect(asks[1]).rejects.toMatchObject({ name: 'AbortError' })]);
});

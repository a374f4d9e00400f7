import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { jobQueue } from '../../../../shared/stores/queue/job-queue.ts';

test('a job is what it says and nothing else, at once unless a delay is asked for', async () => {
  const sent: unknown[] = [];
  const client = {
    send: async (command: unknown) => {
      if (command instanceof SendMessageCommand) sent.push(command.input);
    },
  } as unknown as SQSClient;
  const queue = jobQueue<{ readonly userId: string }>(client, 'https://queue');
  await queue.add({ userId: 'alice' });
  await queue.add({ userId: 'bob' }, 60);
  expect(sent).toEqual([
    { QueueUrl: 'https://queue', MessageBody: '{"userId":"alice"}', DelaySeconds: 0 },
    { QueueUrl: 'https://queue', MessageBody: '{"userId":"bob"}', DelaySeconds: 60 },
  ]);
});

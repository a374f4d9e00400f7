import { jobQueue } from '../../../../shared/stores/queue/job-queue.ts';

test('a job is what it says and nothing else, at once unless a delay is asked for', async () => {
  const sent: unknown[] = [];
  const client = { sendMessage: async (message: object) => void sent.push(message) };
  const queue = jobQueue<{ readonly userId: string }>(client, 'https://queue');
  await queue.add({ userId: 'alice' });
  await queue.add({ userId: 'bob' }, 60);
  expect(sent).toEqual([
    { QueueUrl: 'https://queue', MessageBody: '{"userId":"alice"}', DelaySeconds: 0 },
    { QueueUrl: 'https://queue', MessageBody: '{"userId":"bob"}', DelaySeconds: 60 },
  ]);
});

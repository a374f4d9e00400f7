import { jobQueue } from '../../../../shared/stores/queue/job-queue.ts';

test('a job is what it says and nothing else, at once unless a delay is asked for', async () => {
  const sent: unknown[] = [];
  const client = {
    sendMessage: async (message: object) => void sent.push(message),
    sendMessages: async (message: object) => void sent.push(message),
  };
  const queue = jobQueue<{ readonly userId: string }>(client, 'https://queue');
  await queue.add({ userId: 'alice' });
  await queue.add({ userId: 'bob' }, 60);
  expect(sent).toEqual([
    { QueueUrl: 'https://queue', MessageBody: '{"userId":"alice"}', DelaySeconds: 0 },
    { QueueUrl: 'https://queue', MessageBody: '{"userId":"bob"}', DelaySeconds: 60 },
  ]);
  await queue.addAll([], 0, 'g');
  await queue.addAll([{ userId: 'alice' }, { userId: 'bob' }], 1, 'g');
  expect(sent.slice(2)).toEqual([
    {
      QueueUrl: 'https://queue',
      Entries: [
        { Id: '0', MessageBody: '{"userId":"alice"}', DelaySeconds: 1, MessageGroupId: 'g' },
        { Id: '1', MessageBody: '{"userId":"bob"}', DelaySeconds: 1, MessageGroupId: 'g' },
      ],
    },
  ]);
});

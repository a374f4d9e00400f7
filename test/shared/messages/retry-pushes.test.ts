import { retryPushes } from '../../../shared/messages/retry-pushes.ts';
import type { PushOutcome } from '../../../shared/push/connection-gateway.ts';
import type { Message } from '../../../shared/stores/messages/message.ts';
import type { RetryJob } from '../../../shared/stores/queue/retry-job.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

const conversationId = `g-${'c'.repeat(32)}`;
const now = 2_000_000_000_000;
const members = ['alice', 'bob', 'carol'];

function world({ stored = [1, 2, 3], stuck = [] as readonly string[] } = {}) {
  const pushed: string[] = [];
  const jobs: unknown[][] = [];
  const deps = {
    messages: {
      get: async (_id: string, seq: number): Promise<Message | undefined> =>
        stored.includes(seq)
          ? {
              ...{ conversationId, seq, id: `m${seq}`, from: 'alice', sentAt: epochMillis(now) },
              ...{ expiresAt: 4e9 as EpochSeconds, content: { type: 'text', text: 'words' } },
            }
          : undefined,
      headers: async () => ({ headers: [], more: false }),
    },
    conversations: {
      read: async () => ({
        head: {
          ...{ conversationId, kind: 'group' as const, createdAt: epochMillis(0), lastSeq: 3 },
          ...{ lastSentAt: epochMillis(now), retryMarks: [] },
        },
        members: new Map(members.map((userId) => [userId, { userId, readSeq: 0 }])),
      }),
    },
    connections: {
      listByGroup: async () => [],
      listByUsers: async () =>
        members.map((userId) => ({
          ...{ userId, connectionId: `${userId}-1`, consentedPolicy: 'mark' },
          ...{ connectedAt: epochMillis(0), expiresAt: 4e9 as EpochSeconds },
        })),
      remove: async () => undefined,
    },
    gateway: {
      push: async (connectionId: string, data: Uint8Array): Promise<PushOutcome> => {
        const { message } = JSON.parse(new TextDecoder().decode(data));
        pushed.push(`${connectionId} ${message.seq}`);
        return stuck.includes(connectionId) ? 'failed' : 'sent';
      },
      close: async () => undefined,
    },
    retries: { add: async (...args: unknown[]) => void jobs.push(args) },
    retention: steadyRetention(604_800, () => now),
    policyFingerprint: 'mark',
    connectionsPerUser: 10,
    metrics: { put: () => undefined },
    now: () => epochMillis(now),
  };
  return { pushed, jobs, retry: async (...given: RetryJob[]) => retryPushes(deps, conversationId, given) };
}

const job = (seq: number, connectionIds?: readonly string[]): RetryJob => ({
  conversationId,
  seq,
  ...(connectionIds && { connectionIds }),
});

test('each connection gets the newest of what it has missed, once', async () => {
  const { pushed, jobs, retry } = world();
  await retry(job(1, ['bob-1', 'carol-1']), job(3, ['bob-1']), job(2, ['bob-1', 'carol-1']));
  expect(pushed.toSorted()).toEqual(['bob-1 3', 'carol-1 2']);
  expect(jobs).toEqual([]);
});

test('where the newest has ended, the one before it', async () => {
  const { pushed, retry } = world({ stored: [1, 2] });
  await retry(job(3, ['bob-1']), job(2, ['bob-1']));
  expect(pushed).toEqual(['bob-1 2']);
});

test('without ids everybody is meant', async () => {
  const { pushed, retry } = world();
  await retry(job(2));
  expect(pushed.toSorted()).toEqual(['alice-1 2', 'bob-1 2', 'carol-1 2']);
});

test('who is out of reach comes once more, alone and ten seconds later, and is then given up', async () => {
  const { pushed, jobs, retry } = world({ stuck: ['bob-1'] });
  await retry(job(2, ['bob-1', 'carol-1']));
  const again = { conversationId, seq: 2, connectionIds: ['bob-1'], isLast: true };
  expect(jobs).toEqual([[again, 10, conversationId]]);
  await retry(again);
  expect(jobs).toHaveLength(1);
  expect(pushed.toSorted()).toEqual(['bob-1 2', 'bob-1 2', 'carol-1 2']);
});

test('a stuck client is one job at a time, however many messages it has missed', async () => {
  const { jobs, retry } = world({ stuck: ['bob-1'] });
  await retry(job(1, ['bob-1']), job(2, ['bob-1']), job(3, ['bob-1']));
  expect(jobs).toEqual([[expect.objectContaining({ seq: 3, connectionIds: ['bob-1'] }), 10, conversationId]]);
});

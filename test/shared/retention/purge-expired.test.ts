import { type PurgeExpiredDeps, purgeExpired } from '../../../shared/retention/purge-expired.ts';
import type { Head } from '../../../shared/stores/conversations/conversation.ts';
import { onlySweeper } from '../../../shared/stores/privacy/sweeper.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { memoryPurgeRuns } from '../../support/memory-purge-run-store.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

const start = 1_800_000_000_000;
const at = (seconds: number) => (start / 1000 + seconds) as EpochSeconds;

/** Conversations with one message each, which has expired and whose number is settled. */
function world(ids: readonly string[]) {
  const left = new Set(ids);
  const purgeRuns = memoryPurgeRuns();
  const failures: unknown[] = [];
  let clock = start;
  const headOf = (conversationId: string): Head => ({
    conversationId,
    kind: 'direct',
    createdAt: epochMillis(0),
    lastSeq: 1,
    lastSentAt: 0,
    retryMarks: [],
    purgeShard: '0',
    nextPurgeAt: at(-500),
    purgeFrom: epochMillis(start - 600_000),
    settledSeq: 1,
    settledAt: at(-400),
  });
  const deps: PurgeExpiredDeps = {
    retentionSeconds: 100,
    sweeper: onlySweeper,
    share: { atOnce: 4, pagesPerTurn: 100 },
    retention: steadyRetention(100, () => clock),
    now: () => epochMillis(clock),
    endBy: epochMillis(start + 60_000),
    onFailure: (error) => void failures.push(error),
    holds: { among: async () => ({ users: new Set(), conversations: new Set() }) },
    messages: {
      headers: async (conversationId) => ({
        headers: left.has(conversationId)
          ? [
              {
                conversationId,
                seq: 1,
                from: 'a',
                held: false,
                id: 'x',
                sentAt: epochMillis(start - 600_000),
                expiresAt: at(-500),
              },
            ]
          : [],
        more: false,
      }),
      delete: async (headers) => {
        for (const { conversationId } of headers) left.delete(conversationId);
      },
    },
    conversations: {
      advanceLastSeq: async () => undefined,
      listDuePage: async ({ shard, by }, _cutoff, after) => {
        if (shard !== '0' || by !== 'nextPurgeAt') return { due: [], more: false };
        const behind = ids.slice(after === undefined ? 0 : ids.indexOf(after.conversationId) + 1);
        const due = behind.map((conversationId) => ({ conversationId, bound: at(-500) }));
        return { due, more: false };
      },
      earliestBounds: async () => (left.size > 0 ? { nextPurgeAt: at(-500) } : {}),
      readHead: async (conversationId) => headOf(conversationId),
      replacePurgeMark: async () => true,
    },
    runs: purgeRuns.store(),
  };
  return {
    deps,
    left,
    runs: purgeRuns.runs,
    failures,
    pass: (millis: number) => (clock += millis),
    isLeased: purgeRuns.isLeased,
  };
}

const ids = Array.from({ length: 10 }, (_, index) => `d-${index}`);

test('a run sees to everything due, records it and gives its lease back', async () => {
  const { deps, left, runs, isLeased } = world(ids);
  const run = await purgeExpired(deps);
  expect(run).toMatchObject({ conversations: 10, messagesDeleted: 10, failures: 0, complete: true });
  expect(run?.oldestExpiredItemAge).toBe(0);
  expect([left.size, runs, isLeased()]).toEqual([0, [run], false]);
});

test("one conversation's trouble is not the others', and the age of what stays is told", async () => {
  const { deps, left, failures } = world(ids);
  const readHead = async (id: string) => {
    if (id === 'd-3') throw new Error('broken');
    return deps.conversations.readHead(id);
  };
  const run = await purgeExpired({ ...deps, conversations: { ...deps.conversations, readHead } });
  expect([...left]).toEqual(['d-3']);
  expect(failures).toHaveLength(1);
  expect(run).toMatchObject({ messagesDeleted: 9, failures: 1, oldestExpiredItemAge: 500 });
});

test('a run that has to end says so, and the next goes on', async () => {
  const { deps, left, pass } = world(ids);
  const slow = {
    ...deps.messages,
    delete: async (headers: Parameters<typeof deps.messages.delete>[0]) => {
      pass(20_000);
      await deps.messages.delete(headers);
    },
  };
  const first = await purgeExpired({ ...deps, messages: slow });
  expect(first?.complete).toBe(false);
  expect(left.size).toBeGreaterThan(0);
  const second = await purgeExpired({ ...deps, endBy: epochMillis(deps.now() + 60_000) });
  expect(second?.complete).toBe(true);
  expect(left.size).toBe(0);
});

test('a conversation that is not done with in its turn has another one after all the others', async () => {
  const { deps } = world(ids);
  const read: string[] = [];
  const headers: typeof deps.messages.headers = async (conversationId, range) => {
    read.push(conversationId);
    const isLong = conversationId === 'd-0' && read.filter((id) => id === 'd-0').length < 5;
    return isLong ? { headers: [], more: true } : deps.messages.headers(conversationId, range);
  };
  const share = { atOnce: 1, pagesPerTurn: 2 };
  const run = await purgeExpired({ ...deps, share, messages: { ...deps.messages, headers } });
  const [first = '', ...others] = ids;
  expect(read).toEqual([first, first, ...others, first, first, first]);
  expect(run).toMatchObject({ conversations: 10, complete: true });
});

test('the next run goes on behind those that one has tried, until it has been around once', async () => {
  const { deps, pass } = world(ids);
  const share = { atOnce: 1, pagesPerTurn: 9 };
  const runOver = async (millis: number) => {
    const tried: string[] = [];
    const readHead = async (id: string) => {
      tried.push(id);
      pass(millis);
      throw new Error('broken');
    };
    const conversations = { ...deps.conversations, readHead };
    await purgeExpired({ ...deps, share, conversations, endBy: epochMillis(deps.now() + 60_000) });
    return tried;
  };
  expect(await runOver(20_000)).toEqual(['d-0', 'd-1', 'd-2']);
  expect(await runOver(20_000)).toEqual(['d-3', 'd-4', 'd-5']);
  // The rest, and once around everything.
  expect(await runOver(0)).toEqual(['d-6', 'd-7', 'd-8', 'd-9', ...ids]);
  expect(await runOver(0)).toEqual(ids);
});

test('a run that dies of one conversation does not come back to it before the others', async () => {
  const { deps, left, pass } = world(ids);
  const share = { atOnce: 1, pagesPerTurn: 9 };
  const readHead = async (id: string) =>
    id === 'd-2' ? new Promise<undefined>(() => {}) : deps.conversations.readHead(id);
  const dying = { ...deps, share, conversations: { ...deps.conversations, readHead } };
  void purgeExpired(dying);
  await new Promise(setImmediate);
  expect([...left]).toEqual(ids.slice(2));
  pass(200_000);
  void purgeExpired({ ...dying, endBy: epochMillis(deps.now() + 60_000) });
  await new Promise(setImmediate);
  expect([...left]).toEqual(['d-2']);
});

test('what a run has taken gets its turn, also when the time is over', async () => {
  const { deps, pass } = world(ids);
  const tried: string[] = [];
  const held = Promise.withResolvers<void>();
  const readHead = async (id: string) => {
    tried.push(id);
    // The first one keeps one of two at work, and behind the third the time is over.
    if (id === 'd-0') await held.promise;
    if (id === 'd-2') pass(90_000);
    return deps.conversations.readHead(id);
  };
  const share = { atOnce: 2, pagesPerTurn: 9 };
  const run = purgeExpired({ ...deps, share, conversations: { ...deps.conversations, readHead } });
  await new Promise(setImmediate);
  held.resolve();
  await run;
  expect(tried).toEqual(['d-0', 'd-1', 'd-2', 'd-3']);
});

test('a second run at the same time leaves', async () => {
  const { deps, runs } = world(ids);
  const results = await Promise.all([purgeExpired(deps), purgeExpired(deps)]);
  expect(results.filter((run) => run === undefined)).toHaveLength(1);
  expect(runs).toHaveLength(1);
});

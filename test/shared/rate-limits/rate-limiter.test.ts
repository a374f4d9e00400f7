import fc from 'fast-check';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { freeOf, leaseOf, type RateLimit, rateLimiter } from '../../../shared/rate-limits/rate-limiter.ts';
import { type RateLimitStore, rateLimitStore } from '../../../shared/stores/rate-limits/rate-limit-store.ts';
import { epochMillis } from '../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../support/store-tables.ts';

const start = 1_900_000_000_000;
const messages: RateLimit = { name: 'messages', burst: 200, perSecond: 20, frequent: true };

/** The store's rule without a table; its own test holds the two together on the engine. */
function memoryStore() {
  const fullAt = new Map<string, number>();
  let writes = 0;
  const store: RateLimitStore = {
    async take({ userId, limit, tokens }, { capacity, millisPerToken }, now) {
      writes += 1;
      const key = `${userId} ${limit}`;
      const next = Math.max(fullAt.get(key) ?? 0, now) + tokens * millisPerToken;
      if (next > now + capacity * millisPerToken) return epochMillis(fullAt.get(key) ?? now);
      fullAt.set(key, next);
      return undefined;
    },
  };
  return { store, writes: () => writes };
}

const passes = async (taken: Promise<void>) =>
  taken.then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterMs: expect.any(Number) } });
      return false;
    },
  );

/** Plays what several environments are asked, and tells how much passed within each window of time. */
async function play(store: RateLimitStore, limit: RateLimit, asks: readonly { at: number; on: number }[]) {
  let now = start;
  const environments = Array.from({ length: Math.max(...asks.map(({ on }) => on)) + 1 }, () =>
    rateLimiter(store, () => epochMillis(now)),
  );
  const passed: number[] = [];
  for (const { at, on } of asks) {
    now = start + at;
    const environment = environments[on];
    if (environment !== undefined && (await passes(environment.take('alice', limit)))) passed.push(at);
  }
  return { passed, environments: environments.length };
}

const slackOf = (limit: RateLimit, environments: number, millis: number) =>
  environments * (freeOf(limit) * (Math.floor(millis / 10_000) + 2) + leaseOf(limit));

const limits = fc.record({
  burst: fc.integer({ min: 1, max: 300 }),
  perSecond: fc.constantFrom(0.01, 0.5, 1, 5, 20, 100),
  frequent: fc.boolean(),
});
const asks = fc
  .array(fc.record({ wait: fc.constantFrom(0, 0, 0, 1, 50, 400, 9_000), on: fc.nat({ max: 4 }) }), {
    minLength: 1,
    maxLength: 300,
  })
  .map((list) => {
    let at = 0;
    return list.map(({ wait, on }) => {
      at += wait;
      return { at, on };
    });
  });

test('over any time, however many environments: the burst, what came back, and the stated slack', async () => {
  await fc.assert(
    fc.asyncProperty(limits, asks, async (rule, list) => {
      const limit = { name: 'any', ...rule };
      const { passed, environments } = await play(memoryStore().store, limit, list);
      for (const [index, from] of passed.entries()) {
        for (const [further, to] of passed.slice(index).entries()) {
          const most = limit.burst + ((to - from) / 1000) * limit.perSecond;
          const slack = limit.frequent ? slackOf(limit, environments, to - from) : 0;
          expect(further + 1).toBeLessThanOrEqual(most + slack + 1e-6);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('what is not frequent is counted exactly, as by a bucket that everybody shares', async () => {
  await fc.assert(
    fc.asyncProperty(limits, asks, async (rule, list) => {
      const limit = { name: 'exact', ...rule, frequent: false };
      const { passed } = await play(memoryStore().store, limit, list);
      let tokens = limit.burst;
      let last = 0;
      for (const at of passed) {
        tokens = Math.min(limit.burst, tokens + ((at - last) / 1000) * limit.perSecond) - 1;
        last = at;
        expect(tokens).toBeGreaterThanOrEqual(-1e-6);
      }
    }),
    { numRuns: 200 },
  );
});

test('a person who types pays no write; a burst pays one for half a second of tokens', async () => {
  const { store, writes } = memoryStore();
  await play(
    store,
    messages,
    Array.from({ length: 60 }, (_, index) => ({ at: index * 1_000, on: 0 })),
  );
  expect(writes()).toBe(0);
  await play(
    store,
    messages,
    Array.from({ length: 110 }, () => ({ at: 3_600_000, on: 0 })),
  );
  expect(writes()).toBe(10);
});

test('what an environment has taken in advance it may use for ten seconds, and no longer', async () => {
  const { store, writes } = memoryStore();
  const first = Array.from({ length: freeOf(messages) + 1 }, () => ({ at: 0, on: 0 }));
  const next = (at: number) => Array.from({ length: freeOf(messages) + 1 }, () => ({ at, on: 0 }));
  await play(store, messages, [...first, { at: 9_999, on: 0 }]);
  expect(writes()).toBe(1);
  await play(store, messages, [...first, ...next(20_000)]);
  expect(writes()).toBe(3);
});

test('a flood is answered from memory: at most one write for each token that comes back', async () => {
  const { store, writes } = memoryStore();
  const flood = Array.from({ length: 10_000 }, (_, index) => ({ at: index, on: 0 }));
  const { passed } = await play(store, messages, flood);
  expect(passed.length).toBeLessThanOrEqual(200 + 200 + slackOf(messages, 1, 10_000));
  expect(writes()).toBeLessThanOrEqual(200 / leaseOf(messages) + 200 + 2);
});

test('retryAfterMs is when the same frame can succeed, and not a millisecond more', async () => {
  let now = start;
  const limit: RateLimit = { name: 'opened', burst: 3, perSecond: 0.1, frequent: false };
  const limiter = rateLimiter(memoryStore().store, () => epochMillis(now));
  await limiter.take('alice', limit, 3);
  const refused = await limiter.take('alice', limit, 2).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ProtocolError);
  expect(refused).toMatchObject({ details: { retryAfterMs: 20_000 } });
  now += 19_999;
  expect(await passes(limiter.take('alice', limit, 2))).toBe(false);
  now += 10_000;
  expect(await passes(limiter.take('alice', limit, 2))).toBe(true);
});

describe('on the engine', () => {
  let tables: StoreTables;
  beforeAll(async () => {
    tables = await storeTables('rateLimits');
  });
  afterAll(async () => tables.close());

  test('a hundred calls at once on five environments: the limit, and the slack that is stated', async () => {
    const store = rateLimitStore(tables.db, 'rateLimits');
    const limit: RateLimit = { name: 'messages', burst: 40, perSecond: 4, frequent: true };
    const environments = Array.from({ length: 5 }, () => rateLimiter(store, () => epochMillis(start)));
    const taken = await Promise.all(
      Array.from({ length: 100 }, async (_, index) =>
        passes((environments[index % 5] as (typeof environments)[0]).take('alice', limit)),
      ),
    );
    const passed = taken.filter(Boolean).length;
    expect(passed).toBeGreaterThanOrEqual(40 - 5 * leaseOf(limit));
    expect(passed).toBeLessThanOrEqual(40 + 5 * freeOf(limit));
  });
});

import { rateLimitRowStore } from '../../../../shared/stores/rate-limits/rate-limit-row-store.ts';
import { rateLimitStore } from '../../../../shared/stores/rate-limits/rate-limit-store.ts';
import { epochMillis, epochSeconds } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('rateLimits');
});
afterAll(async () => tables.close());

const bucket = { capacity: 10, millisPerToken: 100 };
const start = epochMillis(1_900_000_000_000);
const later = (millis: number) => epochMillis(start + millis);
const store = () => rateLimitStore(tables.db, 'rateLimits');
const ask = (userId: string, tokens = 1, limit = 'messages') => ({ userId, limit, tokens });

test('a full bucket gives all it holds and no more, and says when it will be full again', async () => {
  for (let taken = 0; taken < 10; taken += 1) {
    expect(await store().take(ask('alice'), bucket, start)).toBeUndefined();
  }
  expect(await store().take(ask('alice'), bucket, start)).toBe(later(1_000));
});

test('tokens come back one by one, and an idle bucket is no fuller than full', async () => {
  expect(await store().take(ask('bob', 10), bucket, start)).toBeUndefined();
  expect(await store().take(ask('bob'), bucket, later(99))).toBe(later(1_000));
  expect(await store().take(ask('bob'), bucket, later(100))).toBeUndefined();
  expect(await store().take(ask('bob', 11), bucket, later(3_600_000))).toBeDefined();
  expect(await store().take(ask('bob', 10), bucket, later(3_600_000))).toBeUndefined();
  expect(await store().take(ask('bob'), bucket, later(3_600_000))).toBe(later(3_601_000));
});

test('users and limits do not touch each other', async () => {
  expect(await store().take(ask('carol', 10), bucket, start)).toBeUndefined();
  expect(await store().take(ask('carol', 10, 'uploads'), bucket, start)).toBeUndefined();
  expect(await store().take(ask('dave', 10), bucket, start)).toBeUndefined();
});

test('of a hundred at once exactly as many succeed as there are tokens', async () => {
  const results = await Promise.all(
    Array.from({ length: 100 }, async () => store().take(ask('erin'), bucket, start)),
  );
  expect(results.filter((refused) => refused === undefined)).toHaveLength(10);
});

test('the row holds ids and times, and ends by itself', async () => {
  await store().take(ask('frank'), bucket, start);
  const item = await tables.itemOf('rateLimits', { userId: 'frank', limit: 'messages' });
  expect(item).toEqual({
    userId: 'frank',
    limit: 'messages',
    fullAt: start + 100,
    expiresAt: epochSeconds(start + 1_000) + 60,
  });
});

test('what is known of a user is listed, and goes a row at a time', async () => {
  const rows = rateLimitRowStore(tables.db, 'rateLimits');
  for (const limit of ['reads', 'messages']) await store().take(ask('leaver', 1, limit), bucket, start);
  await store().take(ask('stayer'), bucket, start);
  const [messages, reads] = await rows.list('leaver');
  expect([messages, reads]).toEqual([
    { userId: 'leaver', limit: 'messages', fullAt: later(100) },
    { userId: 'leaver', limit: 'reads', fullAt: later(100) },
  ]);
  if (messages !== undefined) await rows.remove(messages);
  expect(await rows.list('leaver')).toEqual([reads]);
  expect(await rows.list('stayer')).toHaveLength(1);
});

import { dueExpiry, purgeShardOf, purgeShards } from '../../../../shared/stores/conversations/purge-mark.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';

const at = (seconds: number) => seconds as EpochSeconds;
const message = { sentAt: epochMillis(1_000_000), expiresAt: at(5_000) };
const armed = {
  purgeShard: '1',
  nextPurgeAt: at(4_000),
  purgeFrom: epochMillis(0),
  lastExpiresAt: at(4_900),
};

test('in a conversation that the sweeper knows, a message costs nothing', () => {
  expect(dueExpiry(armed, message)).toBeUndefined();
});

test.each([
  ['the first message', {}, {}],
  ['the first after the sweeper has found it empty', { ...armed, drainingSince: at(4_000) }, {}],
  ['one that ends before all others', { ...armed, nextPurgeAt: at(6_000) }, { mixedUntil: 6_900 }],
  ['one that ends before the last', { ...armed, lastExpiresAt: at(9_000) }, { mixedUntil: 9_900 }],
])('%s is told', (_name, mark, told) => {
  expect(dueExpiry(mark, message)).toEqual({ ...message, ...told });
});

test('that messages end out of order is told once', () => {
  const mark = { ...armed, lastExpiresAt: at(9_000), mixedUntil: at(9_900) };
  expect(dueExpiry(mark, message)).toBeUndefined();
});

test('every conversation has a shard that the sweeper visits', () => {
  for (const id of ['d-abc', 'g-xyz0', 'r-_-', ''])
    expect(purgeShards).toContain(id === '' ? '0' : purgeShardOf(id));
});

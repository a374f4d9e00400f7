import { keepProfile } from '../../../shared/profiles/keep-profile.ts';
import type { StoredProfile } from '../../../shared/stores/profiles/profile.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

const period = 1_000;

/** What becomes of a profile that was set at 0, when its owner comes so many seconds later. */
async function comesAfter(seconds: number, ruling = period, more: Partial<StoredProfile> = {}) {
  const expiresAt = period as EpochSeconds;
  const profile = { userId: 'alice', nickname: 'A', updatedAt: epochMillis(0), expiresAt, ...more };
  const renewals: (readonly [at: number, to: number])[] = [];
  const profiles = {
    read: async () => [profile],
    renew: async (_profile: StoredProfile, at: number, to: number) => renewals.push([at, to]) > 0,
  };
  const retention = steadyRetention(ruling, () => seconds * 1_000);
  await keepProfile({ profiles, retentionSeconds: period, retention }, 'alice');
  return renewals;
}

test('who comes in the second half of its time has the whole of it again', async () => {
  expect(await comesAfter(499)).toEqual([]);
  expect(await comesAfter(500)).toEqual([[500_000, 1_500]]);
  expect(await comesAfter(940)).toEqual([[940_000, 1_940]]);
});

test('what ends within a minute, or has ended, also by a shorter retention since, does not come back', async () => {
  expect(await comesAfter(941)).toEqual([]);
  expect(await comesAfter(1_000)).toEqual([]);
  expect(await comesAfter(600, 600)).toEqual([]);
});

test('the time runs from the last renewal', async () => {
  const renewed = { renewedAt: epochMillis(900_000), expiresAt: 1_900 as EpochSeconds };
  expect(await comesAfter(1_300, period, renewed)).toEqual([]);
  expect(await comesAfter(1_400, period, renewed)).toEqual([[1_400_000, 2_400]]);
});

test('who has no profile gets none', async () => {
  const renew = async () => Promise.reject(new Error('there is none'));
  const deps = { profiles: { read: async () => [], renew }, retentionSeconds: period };
  await expect(
    keepProfile({ ...deps, retention: steadyRetention(period, () => 0) }, 'bob'),
  ).resolves.toBeUndefined();
});

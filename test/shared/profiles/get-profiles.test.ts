import fc from 'fast-check';
import { getProfiles } from '../../../shared/profiles/get-profiles.ts';
import type { StoredProfile } from '../../../shared/stores/profiles/profile.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

const day = 86_400;
const profile = (userId: string, more: Partial<StoredProfile> = {}): StoredProfile => ({
  userId,
  nickname: userId,
  updatedAt: epochMillis(0),
  expiresAt: (7 * day) as EpochSeconds,
  ...more,
});

function world(profiles: readonly StoredProfile[], now = 0, retentionSeconds = 7 * day) {
  const asked: (readonly string[])[] = [];
  const deps = {
    profiles: {
      read: async (ids: readonly string[]) => profiles.filter(({ userId }) => ids.includes(userId)),
    },
    senders: {},
    contactsAmong: async (_reader: string, others: readonly string[]) => {
      if (others.length > 0) asked.push(others);
      return new Set(others.filter((other) => other.startsWith('friend')));
    },
    blocks: {
      blockersAmong: async (_reader: string, others: readonly string[]) =>
        new Set(others.filter((other) => other.startsWith('blocker'))),
    },
    retention: steadyRetention(retentionSeconds, () => now),
  };
  return { deps, asked };
}

test.each([
  ['stamped', 7 * day, 30 * day],
  ['of a shorter policy since', 2 * day, 2 * day],
])('is there until the instant %s, and gone from then on', async (_name, end, retention) => {
  const read = async (now: number) =>
    (await getProfiles(world([profile('bob')], now, retention).deps, 'alice', ['bob'])).profiles;
  expect(await read(end * 1000 - 1)).toEqual([{ userId: 'bob', nickname: 'bob' }]);
  expect(await read(end * 1000)).toEqual([{ userId: 'bob' }]);
});

test('who blocks the reader is an id, as who is not there', async () => {
  const { deps } = world([profile('bob'), profile('blocker')]);
  const { profiles } = await getProfiles(deps, 'alice', ['bob', 'blocker', 'nobody']);
  expect(profiles).toEqual([{ userId: 'bob', nickname: 'bob' }, { userId: 'blocker' }, { userId: 'nobody' }]);
});

test('who is a contact is asked of everybody, so that the calls do not tell who hides something or is not there', async () => {
  const only = { visibility: { nickname: 'contacts' as const } };
  const { deps, asked } = world([profile('bob'), profile('friend', only), profile('alice', only)]);
  const { profiles } = await getProfiles(deps, 'alice', ['bob', 'friend', 'alice', 'nobody']);
  expect(asked).toEqual([['bob', 'friend', 'nobody']]);
  expect(profiles[1]).toEqual({ userId: 'friend', nickname: 'friend' });
});

test("an operator's own sender is as the configuration says, whatever is stored under its id", async () => {
  const { deps } = world([profile('bot:support')]);
  const senders = {
    support: { nickname: 'Support', avatarUrl: 'https://a.example/s.png', messagesPerSecond: 5 },
  };
  const { profiles } = await getProfiles({ ...deps, senders }, 'alice', ['bot:support', 'bot:other']);
  expect(profiles).toEqual([
    { userId: 'bot:support', nickname: 'Support', avatarUrl: 'https://a.example/s.png' },
    { userId: 'bot:other' },
  ]);
});

test('a reply fits a frame, and `next` leads to the rest of it', async () => {
  const ids = Array.from({ length: 50 }, (_, index) => `${index}-`.padEnd(128, '"'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ signature: fc.nat(1024), avatarUrl: fc.nat(2000) }), {
        minLength: 50,
        maxLength: 50,
      }),
      async (sizes) => {
        const stored = ids.map((userId, index) =>
          profile(userId, {
            nickname: '"'.repeat(64),
            signature: '"'.repeat(sizes[index]?.signature ?? 0),
            avatarUrl: `https://x.example/${'a'.repeat(sizes[index]?.avatarUrl ?? 0)}`,
          }),
        );
        const { deps } = world(stored);
        const got: string[] = [];
        let wanted: readonly string[] = ids;
        while (wanted.length > 0) {
          const page = await getProfiles(deps, 'alice', wanted);
          expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(32_000);
          expect(page.profiles.length).toBeGreaterThan(0);
          got.push(...page.profiles.map(({ userId }) => userId));
          wanted = page.next ?? [];
        }
        expect(got).toEqual(ids);
      },
    ),
    { numRuns: 20 },
  );
});

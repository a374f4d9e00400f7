import { answerProfile } from '../../../shared/profiles/answer-profile.ts';
import type { ConsentState } from '../../../shared/protocol/consent/table.ts';
import type { StoredProfile } from '../../../shared/stores/profiles/profile.ts';
import { epochMillis } from '../../../shared/time.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

function world(consent: ConsentState) {
  const stored = new Map<string, StoredProfile>();
  const touched: string[] = [];
  const deps = {
    consent: async () => consent,
    guard: { check: () => true },
    contactsAmong: async () => new Set<string>(),
    holds: { list: async () => ({ users: new Set<string>(), conversations: new Set<string>() }) },
    retentionSeconds: 60,
    retention: steadyRetention(60, () => 1_000),
    now: () => epochMillis(1_000),
    profiles: {
      read: async (userIds: readonly string[]) => {
        touched.push('read');
        return [...stored.values()].filter(({ userId }) => userIds.includes(userId));
      },
      replace: async (profile: StoredProfile) => {
        touched.push('replace');
        stored.set(profile.userId, profile);
        return true;
      },
    },
  };
  return { deps, touched };
}

test.each(['none', 'stale', 'withdrawn'] as const)(
  'with consent %s by now nothing is read or changed, whatever the socket was opened with',
  async (consent) => {
    const { deps, touched } = world(consent);
    for (const frame of [{ set: { nickname: 'Alice' } }, { get: ['alice'] }])
      await expect(answerProfile(deps, 'alice', frame)).rejects.toMatchObject({ code: 'CONSENT_REQUIRED' });
    expect(touched).toEqual([]);
  },
);

test('what is flagged goes through, and the ack says so', async () => {
  const { deps } = world('granted');
  const { profiles, flagged } = await answerProfile(deps, 'alice', { set: { nickname: 'Alice' } });
  expect([profiles[0]?.nickname, profiles[0]?.expiresAt, flagged]).toEqual(['Alice', 61, true]);
});

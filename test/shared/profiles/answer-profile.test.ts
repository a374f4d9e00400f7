import { answerProfile } from '../../../shared/profiles/answer-profile.ts';
import type { StoredProfile } from '../../../shared/stores/profiles/profile.ts';
import { epochMillis } from '../../../shared/time.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

function world() {
  const stored = new Map<string, StoredProfile>();
  const deps = {
    guard: { check: () => true },
    senders: {},
    contactsAmong: async () => new Set<string>(),
    blocks: { blockersAmong: async () => new Set<string>() },
    holds: { among: async () => ({ users: new Set<string>(), conversations: new Set<string>() }) },
    retentionSeconds: 60,
    retention: steadyRetention(60, () => 1_000),
    now: () => epochMillis(1_000),
    profiles: {
      read: async (userIds: readonly string[]) => {
        return [...stored.values()].filter(({ userId }) => userIds.includes(userId));
      },
      replace: async (profile: StoredProfile) => {
        stored.set(profile.userId, profile);
        return true;
      },
    },
  };
  return { deps };
}

test('what is flagged goes through, and the ack says so', async () => {
  const { deps } = world();
  const { profiles, flagged } = await answerProfile(deps, 'alice', { set: { nickname: 'Alice' } });
  expect([profiles[0]?.nickname, profiles[0]?.expiresAt, flagged]).toEqual(['Alice', 61, true]);
});

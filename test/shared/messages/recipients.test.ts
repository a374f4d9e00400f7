import { readIdentity } from '../../../shared/identity/identity.ts';
import { recipients } from '../../../shared/push/fan-out-message.ts';
import { noConsent } from '../../../shared/stores/connections/connection.ts';
import { policyFingerprint } from '../../../shared/stores/consents/consent-entry.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';

const present = { version: '2', digest: 'b' };
const older = { version: '1', digest: 'a' };

const connection = (userId: string, consentedPolicy: string) => ({
  userId,
  connectionId: `${userId} ${consentedPolicy}`,
  connectedAt: epochMillis(0),
  expiresAt: 4e9 as EpochSeconds,
  consentedPolicy,
});

test('only sockets of the present policy and of members who have not withdrawn are pushed to', async () => {
  const open = ['alice', 'bob', 'carol'].flatMap((userId) =>
    [policyFingerprint(present), policyFingerprint(older), noConsent].map((mark) => connection(userId, mark)),
  );
  const deps = {
    policyFingerprint: policyFingerprint(present),
    connections: {
      listByUsers: async (userIds: readonly string[]) =>
        open.filter(({ userId }) => userIds.includes(userId)),
      remove: async () => undefined,
    },
  };
  const member = (userId: string, suspended = false) => [userId, { userId, readSeq: 0, suspended }] as const;
  const members = new Map([member('alice'), member('bob', true)]);
  expect(await recipients(deps, { members })).toEqual([connection('alice', policyFingerprint(present))]);
});

test('a socket stays what it was opened as, while the policy goes on', () => {
  const context = {
    userId: 'alice',
    consent: 'granted',
    policyVersion: older.version,
    policyDigest: older.digest,
    tokenExpiresAt: '1',
  };
  const before = readIdentity(context, older);
  const after = readIdentity(context, present);
  expect([before.consented, after.consented]).toEqual([true, false]);
  expect(after.consentedPolicy).toBe(before.consentedPolicy);
  expect(readIdentity({ ...context, consent: 'stale' }, older).consentedPolicy).toBe(noConsent);
});

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

test('only sockets of the present policy and of members are pushed to', async () => {
  const open = ['alice', 'bob', 'carol'].flatMap((userId) =>
    [policyFingerprint(present), policyFingerprint(older), noConsent].map((mark) => connection(userId, mark)),
  );
  const deps = {
    policyFingerprint: policyFingerprint(present),
    connectionsPerUser: 10,
    connections: {
      listByGroup: async () => [],
      listByUsers: async (userIds: readonly string[]) =>
        open.filter(({ userId }) => userIds.includes(userId)),
      remove: async () => undefined,
    },
  };
  const member = (userId: string) => [userId, { userId, readSeq: 0 }] as const;
  const members = new Map([member('alice')]);
  expect(await recipients(deps, { members })).toEqual([connection('alice', policyFingerprint(present))]);
});

test('of a person with more sockets than the cap the newest are pushed to, and everybody else as ever', async () => {
  const mark = policyFingerprint(present);
  const crowd = Array.from({ length: 300 }, (_, index) => ({
    ...connection('alice', mark),
    connectionId: `alice ${index}`,
    connectedAt: epochMillis((index * 7) % 300),
  }));
  const open = [...crowd, connection('bob', mark)];
  const deps = {
    policyFingerprint: mark,
    connectionsPerUser: 10,
    connections: {
      listByGroup: async () => [],
      listByUsers: async () => open,
      remove: async () => undefined,
    },
  };
  const member = (userId: string) => [userId, { userId, readSeq: 0 }] as const;
  const found = await recipients(deps, { members: new Map([member('alice'), member('bob')]) });
  const own = found.filter(({ userId }) => userId === 'alice');
  expect(own.map(({ connectedAt }) => connectedAt)).toEqual([
    299, 298, 297, 296, 295, 294, 293, 292, 291, 290,
  ]);
  expect(found.filter(({ userId }) => userId === 'bob')).toHaveLength(1);
});

test('a large group is asked for its connections, and those of nobody who is no member count', async () => {
  const mark = policyFingerprint(present);
  const asked: unknown[] = [];
  const deps = {
    policyFingerprint: mark,
    connectionsPerUser: 10,
    connections: {
      listByGroup: async (group: object) => {
        asked.push(group);
        return ['alice', 'mallory'].map((userId) => connection(userId, mark));
      },
      listByUsers: async () => {
        throw new Error('asked for each member');
      },
      remove: async () => undefined,
    },
  };
  const members = new Map(['alice', 'bob'].map((userId) => [userId, { userId, readSeq: 0 }] as const));
  const head = { conversationId: 'g-1', liveShards: 2 };
  expect(await recipients(deps, { head, members })).toEqual([connection('alice', mark)]);
  expect(asked).toEqual([{ conversationId: 'g-1', shards: 2 }]);
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

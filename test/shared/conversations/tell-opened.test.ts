import { tellOpened } from '../../../shared/conversations/tell-opened.ts';
import type { Connection } from '../../../shared/stores/connections/connection.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { noLiveGroups } from '../../support/no-live-groups.ts';

const now = () => epochMillis(1_000_000);
const opened = { conversationId: 'g-1', kind: 'group', members: ['alice', 'bob'], lastSeq: 0 } as const;
const connection = (userId: string, connectionId: string, consentedPolicy = 'mark'): Connection => ({
  ...{ userId, connectionId, consentedPolicy, connectedAt: now() },
  expiresAt: 4e9 as EpochSeconds,
});
const open = [
  connection('alice', 'a1'),
  connection('alice', 'a2'),
  connection('bob', 'b1'),
  // Has agreed to an older policy.
  connection('bob', 'b2', 'other'),
  connection('mallory', 'm1'),
];

function world(
  listByUsers = async (ids: readonly string[]) => open.filter(({ userId }) => ids.includes(userId)),
) {
  const pushed: [string, unknown][] = [];
  const failures: number[] = [];
  const deps = {
    connections: { ...noLiveGroups, listByUsers, remove: async () => undefined },
    gateway: {
      push: async (id: string, data: Uint8Array) => {
        pushed.push([id, JSON.parse(new TextDecoder().decode(data))]);
        return 'sent' as const;
      },
      close: async () => undefined,
    },
    ...{ policyFingerprint: 'mark', connectionsPerUser: 9, now },
    metrics: { put: ({ FanOutFailures = 0 }: Record<string, number>) => void failures.push(FanOutFailures) },
  };
  return { deps, pushed, failures };
}

test('a group and its title pass to every connection of the members but the one that opened it', async () => {
  const { deps, pushed } = world();
  await tellOpened(deps)(opened, 'a1', 'Saturday');
  const push = { type: 'opened', ...opened, title: 'Saturday' };
  expect(pushed).toEqual([
    ['a2', push],
    ['b1', push],
  ]);
});

test('where titles are kept it is told without', async () => {
  const { deps, pushed } = world();
  await tellOpened(deps)(opened, 'a1');
  expect(pushed.map(([, push]) => push)).toEqual([
    { type: 'opened', ...opened },
    { type: 'opened', ...opened },
  ]);
});

test('a group is opened also when nobody can be told of it', async () => {
  const { deps, pushed, failures } = world(async () => {
    throw new Error('throttled');
  });
  await tellOpened(deps)({ ...opened }, 'a1', 'Saturday');
  expect([pushed, failures]).toEqual([[], [1]]);
});

import { expireConnections } from '../../../shared/connections/expire-connections.ts';
import type { Connection } from '../../../shared/stores/connections/connection.ts';
import { expiryShardOf } from '../../../shared/stores/connections/expiry-shard.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';

const now = 2_000_000_000;

function socketOf(userId: string, expiresAt: number): Connection {
  return {
    ...{ userId, connectionId: `${userId}-1`, consentedPolicy: 'mark' },
    ...{ connectedAt: epochMillis(0), expiresAt: expiresAt as EpochSeconds },
  };
}

/** Everybody's one socket has ended, the first one's longest ago. */
function world(users: number, { open = [] as readonly string[], rounds = Number.POSITIVE_INFINITY } = {}) {
  const rows = new Map<string, number>(
    Array.from({ length: users }, (_, index) => [`u${index}`, now - users + index]),
  );
  const leases: string[] = [];
  const closed: string[] = [];
  const deps = {
    expiries: {
      async *due(shard: string, before: EpochSeconds) {
        for (const [userId, nextExpiry] of [...rows])
          if (expiryShardOf(userId) === shard && nextExpiry <= before)
            yield { userId, nextExpiry: nextExpiry as EpochSeconds };
      },
      lease: async (userId: string, seen: EpochSeconds, until: EpochSeconds) => {
        leases.push(userId);
        rows.set(userId, until);
        return { live: [socketOf(userId, seen)], muted: [] };
      },
      release: async (userId: string) => void rows.delete(userId),
      giveBack: async (userId: string, _lease: EpochSeconds, since: EpochSeconds) =>
        void rows.set(userId, since),
    },
    connections: { remove: async () => undefined },
    gateway: {
      push: async () => 'sent' as const,
      close: async (connectionId: string) => {
        if (open.includes(connectionId)) throw new RangeError('429');
        closed.push(connectionId);
      },
    },
    log: { info: () => undefined, error: () => undefined },
    tellLeft: async () => undefined,
    tellCame: async () => undefined,
    connectionsPerUser: 10,
    pause: async () => undefined,
    now: () => epochMillis(now * 1000),
    isOver: () => leases.length >= rounds,
  };
  return { rows, closed, run: async () => expireConnections(deps) };
}

test('everybody whose socket has ended is cut, and nobody is left', async () => {
  const { rows, closed, run } = world(300);
  expect(await run()).toEqual({ cut: 300, overdueSeconds: 0 });
  expect([rows.size, new Set(closed).size]).toEqual([0, 300]);
});

test('a socket that cannot be closed is due as it was, and told by its age', async () => {
  const { rows, closed, run } = world(40, { open: ['u7-1'] });
  expect(await run()).toEqual({ cut: 40, overdueSeconds: 33 });
  expect([...rows]).toEqual([['u7', now - 33]]);
  expect(closed).toHaveLength(39);
  expect(await run()).toEqual({ cut: 1, overdueSeconds: 33 });
});

test('what a run has not the time for is left as it was, told by its age, and the next run goes on', async () => {
  const { rows, closed, run } = world(300, { rounds: 0 });
  const { overdueSeconds } = await run();
  expect([rows.size, closed.length, overdueSeconds]).toEqual([300, 0, 300]);
});

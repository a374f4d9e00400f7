import type { PushOutcome } from '../../../shared/push/connection-gateway.ts';
import { fanOut } from '../../../shared/push/fan-out.ts';
import type { Connection } from '../../../shared/stores/connections/connection.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';

const now = 1_000_000_000;

function connection(connectionId: string, changed: Partial<Connection> = {}): Connection {
  return {
    userId: `user of ${connectionId}`,
    connectionId,
    connectedAt: epochMillis(now - 60_000),
    expiresAt: (now / 1000 + 60) as EpochSeconds,
    consentedPolicy: 'mark',
    ...changed,
  };
}

function world(outcomes: Record<string, PushOutcome | Promise<PushOutcome>> = {}) {
  const pushed: string[] = [];
  const removed: string[] = [];
  const measured: object[] = [];
  const deps = {
    metrics: { put: (values: object) => void measured.push(values) },
    now: () => epochMillis(now),
    connections: { remove: async (gone: Connection) => void removed.push(gone.connectionId) },
    gateway: {
      push: async (connectionId: string) => {
        pushed.push(connectionId);
        return outcomes[connectionId] ?? 'sent';
      },
      close: async () => {},
    },
  };
  return { deps, pushed, removed, measured };
}
const frame = { type: 'bye', reason: 'TOKEN_EXPIRED', reconnect: true } as const;
const ids = (connections: readonly Connection[]) => connections.map(({ connectionId }) => connectionId);

test('a gone connection is dropped, and only that one', async () => {
  const { deps, pushed, removed, measured } = world({ b: 'gone' });
  const later = await fanOut(deps, [connection('a'), connection('b'), connection('c')], frame);
  expect([pushed.sort(), removed, later]).toEqual([['a', 'b', 'c'], ['b'], []]);
  expect(measured).toEqual([]);
});

test('a connection that is gone right after connecting is not open yet: tried again, and no failure', async () => {
  const { deps, removed, measured } = world({ young: 'gone' });
  const later = await fanOut(deps, [connection('young', { connectedAt: epochMillis(now - 9_999) })], frame);
  expect([removed, ids(later)]).toEqual([[], ['young']]);
  expect(measured).toEqual([]);
});

test('a throttled connection is kept and handed back', async () => {
  const { deps, removed, measured } = world({ b: 'failed' });
  const later = await fanOut(deps, [connection('a'), connection('b')], frame);
  expect([removed, ids(later)]).toEqual([[], ['b']]);
  expect(measured).toEqual([{ FanOutFailures: 1 }]);
});

test('a socket whose token and grace are over gets nothing', async () => {
  const { deps, pushed } = world();
  await fanOut(deps, [connection('old', { expiresAt: (now / 1000) as EpochSeconds })], frame);
  expect(pushed).toEqual([]);
});

test('one slow recipient holds up nobody', async () => {
  const slow = Promise.withResolvers<PushOutcome>();
  const { deps, pushed } = world({ slow: slow.promise });
  const others = Array.from({ length: 250 }, (_, index) => connection(`c${index}`));
  const done = fanOut(deps, [connection('slow'), ...others], frame);
  await new Promise((resolve) => setImmediate(resolve));
  expect(pushed).toHaveLength(251);
  slow.resolve('sent');
  expect(await done).toEqual([]);
});

test('what the gateway did not expect of one is a failure of that one, and no other hears of it', async () => {
  const refused = Promise.reject(new Error('403'));
  const { deps, pushed, measured } = world({ b: refused });
  const later = await fanOut(deps, [connection('a'), connection('b'), connection('c')], frame);
  expect([pushed.toSorted(), ids(later)]).toEqual([['a', 'b', 'c'], ['b']]);
  expect(measured).toEqual([{ FanOutFailures: 1 }]);
});

test('a row of a dead connection that cannot be removed stays, and nothing else comes of it', async () => {
  const { deps, pushed, measured } = world({ b: 'gone' });
  const busy = { ...deps, connections: { remove: async () => Promise.reject(new Error('throttled')) } };
  expect(await fanOut(busy, [connection('a'), connection('b'), connection('c')], frame)).toEqual([]);
  expect([pushed.toSorted(), measured]).toEqual([['a', 'b', 'c'], []]);
});

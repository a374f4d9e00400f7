import { closeExcess } from '../../../shared/connections/close-excess.ts';
import { openConnection } from '../../../shared/connections/open-connection.ts';
import type { PushOutcome } from '../../../shared/push/connection-gateway.ts';
import type { Connection } from '../../../shared/stores/connections/connection.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { noLiveGroups } from '../../support/no-live-groups.ts';

const now = 2_000_000_000_000;
const expiresAt = 4_000_000_000 as EpochSeconds;

function socket(index: number, connectedAt = now - 600_000 + index): Connection {
  const connectionId = `c${String(index).padStart(2, '0')}`;
  return {
    userId: 'alice',
    connectionId,
    connectedAt: epochMillis(connectedAt),
    expiresAt,
    consentedPolicy: 'mark',
  };
}

const sockets = (count: number) => Array.from({ length: count }, (_, index) => socket(index));
const ids = (connections: readonly Connection[]) => connections.map(({ connectionId }) => connectionId);

/** Rows and sockets of one person in memory; a socket opens when its `$connect` has returned. */
function world(rows: readonly Connection[], open = ids(rows)) {
  const state = {
    rows: new Map(rows.map((each) => [each.connectionId, each])),
    open: new Set(open),
    byes: [] as string[],
    looks: [] as string[],
    lines: [] as unknown[],
    push: (connectionId: string): PushOutcome => (state.open.has(connectionId) ? 'sent' : 'gone'),
    close: (connectionId: string): void => void state.open.delete(connectionId),
  };
  const deps = {
    connections: {
      add: async (connection: Connection) => {
        state.rows.set(connection.connectionId, connection);
        return [...state.rows.values()];
      },
      remove: async ({ connectionId }: Connection) => void state.rows.delete(connectionId),
      lookBy: async (userId: string) => void state.looks.push(userId),
    },
    gateway: {
      push: async (connectionId: string, data: Uint8Array) => {
        const outcome = state.push(connectionId);
        if (outcome === 'sent') state.byes.push(`${connectionId} ${new TextDecoder().decode(data)}`);
        return outcome;
      },
      close: async (connectionId: string) => state.close(connectionId),
    },
    pause: async () => undefined,
    log: { info: () => undefined, error: (...line: unknown[]) => void state.lines.push(line) },
    consent: async () => 'granted' as const,
    now: () => epochMillis(now),
    graceSeconds: 120,
    live: noLiveGroups,
    tellCame: async () => undefined,
    settings: { read: async () => undefined, copy: async () => undefined },
    connectionsPerUser: 10,
  };
  return { state, deps };
}

const opening = ({ userId, connectionId, connectedAt }: Connection) => ({
  ...{ userId, connectionId, connectedAt, consentedPolicy: 'mark' },
  tokenExpiresAt: expiresAt - 120,
});

test('of twelve the two oldest are told, ended and forgotten', async () => {
  const rows = sockets(12);
  const { state, deps } = world(rows);
  expect(await closeExcess(deps, rows, socket(11))).toEqual({ kept: rows.slice(2), left: [] });
  const bye = JSON.stringify({ type: 'bye', reason: 'TOO_MANY_CONNECTIONS', reconnect: false });
  expect(state.byes).toEqual([`c01 ${bye}`, `c00 ${bye}`]);
  expect([...state.rows.keys()]).toEqual(ids(rows.slice(2)));
  expect(state.open.size).toBe(10);
});

test('ten are let be, and the own one is not ended even if it is the oldest', async () => {
  const { state, deps } = world(sockets(10));
  await closeExcess(deps, sockets(10), socket(9));
  expect(state.byes).toEqual([]);
  const crowd = world(sockets(11));
  await closeExcess(crowd.deps, sockets(11), socket(0));
  expect([...crowd.state.rows.keys()].toSorted()).toEqual(['c00', ...ids(sockets(11).slice(2))]);
});

test.each([
  ['the post', { push: (): never => raise() }],
  ['the close', { close: (): never => raise() }],
])(
  '%s fails: the handshake does not, and the row stays, so that a withdrawal finds the socket',
  async (_name, fault) => {
    const { state, deps } = world(sockets(11));
    Object.assign(state, fault);
    await openConnection(deps, opening(socket(11, now)));
    expect([...state.rows.keys()]).toEqual([...ids(sockets(11)), 'c11']);
    expect(state.looks).toEqual(['alice']);
    expect(state.lines).toEqual(
      Array(2).fill(['not closed', { connectionId: expect.any(String), errorName: 'RangeError' }]),
    );
  },
);

function raise(): never {
  throw new RangeError('broken');
}

test('a socket that is about to open cannot be ended: its row stays, and the next run of the clock ends it', async () => {
  const young = Array.from({ length: 11 }, (_, index) => socket(index, now - 11 + index));
  const { state, deps } = world(young, []);
  await openConnection(deps, opening(socket(11, now)));
  expect(state.rows.size).toBe(12);
  expect(state.looks).toEqual(['alice']);
  for (const id of state.rows.keys()) state.open.add(id);
  expect(await closeExcess(deps, [...state.rows.values()])).toMatchObject({ left: [] });
  expect(state.open.size).toBe(10);
});

test('one that is long gone is forgotten', async () => {
  const { state, deps } = world(sockets(11), []);
  expect(await closeExcess(deps, sockets(11))).toMatchObject({ left: [] });
  expect([...state.rows.keys()]).toEqual(ids(sockets(11).slice(1)));
});

test('who is refused for want of consent ends nobody else', async () => {
  const { state, deps } = world(sockets(10));
  const refused = openConnection(
    { ...deps, consent: async () => 'withdrawn' as const },
    opening(socket(10, now)),
  );
  await expect(refused).rejects.toMatchObject({ code: 'CONSENT_REQUIRED' });
  expect(state.byes).toEqual([]);
  expect(state.rows.size).toBe(10);
});

import { endDevice, listDevices } from '../../../shared/connections/devices.ts';
import type { PushOutcome } from '../../../shared/push/connection-gateway.ts';
import type { Connection } from '../../../shared/stores/connections/connection.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';

const now = 2_000_000_000_000;

function socket(connectionId: string, openFor = 600_000, expiresIn = 3_600): Connection {
  return {
    ...{ userId: 'alice', connectionId, consentedPolicy: 'mark' },
    connectedAt: epochMillis(now - openFor),
    expiresAt: (now / 1000 + expiresIn) as EpochSeconds,
  };
}

/** Alice's rows, and what happens to her sockets, in order; those of `opening` are not open yet. */
function world(rows: readonly Connection[], opening: readonly string[] = []) {
  const kept = new Map(rows.map((each) => [each.connectionId, each]));
  const done: string[] = [];
  const deps = {
    connections: {
      listByUser: async (userId: string) => (userId === 'alice' ? [...kept.values()] : []),
      remove: async ({ connectionId }: Connection) => void kept.delete(connectionId),
    },
    gateway: {
      push: async (to: string, data: Uint8Array): Promise<PushOutcome> => {
        if (opening.includes(to)) return 'gone';
        const { type, reason = '', devices = [] } = JSON.parse(new TextDecoder().decode(data));
        const ids = devices.map(({ id }: { id: string }) => id);
        done.push([to, type, reason, ...ids].filter(Boolean).join(' '));
        return 'sent';
      },
      close: async (id: string) => {
        if (!opening.includes(id)) done.push(`${id} closed`);
      },
    },
    pause: async () => void done.push('pause'),
    log: { info: () => undefined, error: () => undefined },
    now: () => epochMillis(now),
  };
  const asking = { userId: 'alice', connectionId: 'desk' };
  return {
    done,
    list: async () => listDevices(deps, asking),
    end: async (id: string, userId = 'alice') => endDevice(deps, { ...asking, userId, frameId: 'f' }, id),
  };
}

const phone = socket('phone', 900_000);
const desk = socket('desk');

test('the newest comes first, what has ended is no device', async () => {
  const { list } = world([phone, desk, socket('old', 9_000_000, 0)]);
  expect(await list()).toEqual({
    devices: [
      { id: 'desk', connectedAt: now - 600_000, current: true },
      { id: 'phone', connectedAt: now - 900_000, current: false },
    ],
  });
});

test('another one is told, closed, and no longer listed; again it changes nothing', async () => {
  const { end, done } = world([phone, desk]);
  const left = { devices: [{ id: 'desk', connectedAt: now - 600_000, current: true }] };
  expect(await end('phone')).toEqual(left);
  expect(done).toEqual(['phone bye ENDED', 'pause', 'phone closed']);
  expect(await end('phone')).toEqual(left);
  expect(done).toHaveLength(3);
});

test('the one that asks has its ack before it is cut, and is answered nothing else', async () => {
  const { end, done } = world([phone, desk]);
  expect(await end('desk')).toBeUndefined();
  expect(done).toEqual(['desk ack phone', 'desk bye ENDED', 'pause', 'desk closed']);
});

test('what is somebody else’s, or about to open, is not ended', async () => {
  const { end, done } = world([phone, desk, socket('new', 1_000)], ['new']);
  expect((await end('phone', 'mallory'))?.devices).toEqual([]);
  expect((await end('new'))?.devices.map(({ id }) => id)).toEqual(['new', 'desk', 'phone']);
  expect(done).toEqual([]);
});

import * as fc from 'fast-check';
import { toConnection } from '../../../shared/connections/open-connection.ts';
import { askPresence } from '../../../shared/presence/ask-presence.ts';
import { endPresence, tellCame, tellLeft } from '../../../shared/presence/tell-presence.ts';
import type { Presence } from '../../../shared/protocol/presence/table.ts';
import type { Settings } from '../../../shared/protocol/settings/table.ts';
import { changeSettings } from '../../../shared/settings/change-settings.ts';
import { connectionStore } from '../../../shared/stores/connections/connection-store.ts';
import { connectedStore } from '../../../shared/stores/live/connected-store.ts';
import { liveStore } from '../../../shared/stores/live/live-store.ts';
import { presenceWatchStore } from '../../../shared/stores/live/presence-watch-store.ts';
import { blockStore } from '../../../shared/stores/personal/block-store.ts';
import { lastActiveStore } from '../../../shared/stores/personal/last-active-store.ts';
import { settingsStore } from '../../../shared/stores/personal/settings-store.ts';
import { epochMillis, epochSeconds } from '../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('connections', 'live', 'personal');
});
afterAll(async () => tables?.close());

/** Alice is seen by bob, a contact of hers, and by carol, who is none. */
const viewers = ['bob', 'carol'] as const;
const hour = 3_600_000;
let worlds = 0;

type Device = { readonly userId: string; readonly connectionId: string; readonly connectedAt: number };
type Told = Presence & { readonly to: string; readonly type: string };

function world() {
  worlds += 1;
  const idOf = (person: string) => `${person}-${worlds}`;
  let now = 1_000_000_000_000;
  const clock = () => epochMillis(now);
  const withdrawn = new Set<string>();
  const told: Told[] = [];
  const consent = async (userId: string) =>
    withdrawn.has(userId) ? ('withdrawn' as const) : ('granted' as const);
  const rows = connectionStore(tables.db, 'connections');
  const noWatches = { remove: async () => undefined, count: async () => undefined };
  const connections = connectedStore(rows, liveStore(tables.db, 'live'), noWatches, clock);
  const settings = settingsStore(tables.db, { personal: 'personal', connections: 'connections' });
  const blocks = blockStore(tables.db, 'personal');
  const lastActive = lastActiveStore(tables.db, 'personal');
  const deps = {
    ...{ policyFingerprint: 'mark', connectionsPerUser: 10, metrics: { put: () => undefined }, now: clock },
    ...{ connections, settings, blocks, lastActive, consent, presenceDefault: 'contacts' as const },
    presenceWatches: presenceWatchStore(tables.db, 'live'),
    contactsAmong: async (viewer: string) => new Set(viewer === idOf('bob') ? [idOf('alice')] : []),
    pause: async () => undefined,
    gateway: {
      push: async (to: string, data: Uint8Array) => {
        told.push({ to, ...JSON.parse(new TextDecoder().decode(data)) });
        return 'sent' as const;
      },
      close: async () => undefined,
    },
  };
  let devices = 0;
  const rowOf = ({ userId, connectionId, connectedAt }: Device) =>
    toConnection({ userId, connectionId, connectedAt, tokenExpiresAt: 4e9, consentedPolicy: 'mark' }, 0);
  return {
    deps,
    idOf,
    told,
    consent,
    pass: (millis: number) => {
      now += millis;
    },
    now: () => now,
    /** The function may die once its row is there. */
    connect: async (person: string, dies = false): Promise<Device> => {
      devices += 1;
      const device = { userId: idOf(person), connectionId: `${idOf(person)}.${devices}`, connectedAt: now };
      const open = await connections.add(rowOf(device), epochSeconds(now));
      if (!dies && open.length === 1) await tellCame(deps, device.userId);
      return device;
    },
    disconnect: async (device: Device, dies = false): Promise<void> => {
      const isLast = await connections.close(rowOf(device));
      if (!dies && isLast === true) await tellLeft(deps, device.userId);
    },
    ask: async ({ userId, connectionId }: Device, people: readonly string[]) =>
      (await askPresence(deps, { userId, connectionId }, people.map(idOf))).presences,
    set: async (device: Device, changes: Partial<Settings>) => changeSettings(deps, device, changes),
    block: async (person: string, blocked: boolean) =>
      blocked
        ? blocks.block(idOf('alice'), idOf(person), clock())
        : blocks.unblock(idOf('alice'), idOf(person)),
    withdraw: async (person: string) => {
      withdrawn.add(idOf(person));
      const live = await connections.listByUser(idOf(person));
      if (live.length > 0) await connections.mute(idOf(person), live, epochSeconds(now));
      await endPresence(deps, idOf(person));
    },
    agree: (person: string) => void withdrawn.delete(idOf(person)),
    runClock: async (person: string) => {
      const { live, untold } = await connections.readSockets(idOf(person));
      if (live.length === 0) await tellLeft(deps, idOf(person), true);
      else if (untold) await tellCame(deps, idOf(person), true);
    },
  };
}

const act = fc.oneof(
  fc.record({ act: fc.constant('connect' as const), dies: fc.boolean() }),
  fc.record({
    act: fc.constant('disconnect' as const),
    event: fc.constantFrom('at once' as const, 'late' as const, 'lost' as const),
    dies: fc.boolean(),
  }),
  fc.record({ act: fc.constant('late event' as const), dies: fc.boolean() }),
  fc.record({ act: fc.constant('ask' as const), who: fc.constantFrom(...viewers) }),
  fc.record({ act: fc.constant('come and go' as const), who: fc.constantFrom(...viewers) }),
  fc.record({
    act: fc.constant('set' as const),
    presence: fc.constantFrom<Settings['presence']>('everyone', 'contacts', 'nobody'),
    lastActive: fc.constantFrom<Settings['lastActive']>('minute', 'hour', 'day', 'never'),
  }),
  fc.record({ act: fc.constant('block' as const), who: fc.constantFrom(...viewers), blocked: fc.boolean() }),
  fc.record({ act: fc.constant('withdraw' as const), who: fc.constantFrom('alice', ...viewers) }),
  fc.record({ act: fc.constant('clock' as const) }),
  fc.record({ act: fc.constant('pass' as const), millis: fc.constantFrom(1_000, 11_000, 2 * hour) }),
);

test('who may not see learns nothing, whatever crashes, comes late or is lost; who may is answered the truth', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 30 }), async (acts) => {
      const { idOf, told, connect, disconnect, ask, set, block, withdraw, agree, runClock, pass, now } =
        world();
      const alice: Device[] = [];
      const late: Device[] = [];
      /** Of each viewer the connection that is open, and the one before, which is closed. */
      const open = new Map<string, Device>();
      const has = new Set<string>();
      const blocked = new Set<string>();
      const away = new Set<string>();
      let mine = {
        presence: 'contacts' as Settings['presence'],
        lastActive: 'hour' as Settings['lastActive'],
      };
      let isRegistered = false;
      // API Gateway ends a socket after two hours, whether anybody is told or not.
      const isOpen = ({ connectedAt }: Device) =>
        epochSeconds(epochMillis(connectedAt)) + 7_200 > epochSeconds(epochMillis(now()));
      for (const who of viewers) open.set(who, await connect(who));
      const maySee = (who: string, { presence } = mine) =>
        !blocked.has(who) &&
        !away.has(who) &&
        (presence === 'everyone' || (presence === 'contacts' && who === 'bob'));
      for (const each of acts) {
        told.length = 0;
        const before = mine;
        if (each.act === 'connect' && !away.has('alice')) {
          alice.push(await connect('alice', each.dies));
        } else if (each.act === 'disconnect') {
          const device = alice.shift();
          if (device !== undefined && each.event === 'at once') await disconnect(device, each.dies);
          else if (device !== undefined && each.event === 'late') late.push(device);
          else if (device !== undefined) late.push(device);
        } else if (each.act === 'late event') {
          const device = late.pop();
          if (device !== undefined) await disconnect(device, each.dies);
        } else if (each.act === 'ask') {
          const device = open.get(each.who);
          if (device === undefined || away.has(each.who)) continue;
          const [answer] = await ask(device, ['alice']);
          has.add(device.connectionId);
          if (!maySee(each.who)) expect(answer).toEqual({ userId: idOf('alice'), online: false });
          else {
            expect(answer?.online).toBe(isRegistered);
            if (isRegistered || mine.lastActive === 'never' || away.has('alice'))
              expect(answer).not.toHaveProperty('lastActive');
            const step = { minute: 60_000, hour, day: 24 * hour, never: 1 }[mine.lastActive];
            expect((answer?.lastActive ?? 0) % step).toBe(0);
            expect(answer?.lastActive ?? 0).toBeLessThanOrEqual(now());
          }
        } else if (each.act === 'come and go' && !away.has(each.who)) {
          const device = open.get(each.who);
          if (device !== undefined) await disconnect(device);
          open.set(each.who, await connect(each.who));
        } else if (each.act === 'set' && alice[0] !== undefined) {
          mine = { presence: each.presence, lastActive: each.lastActive };
          await set(alice[0], mine);
        } else if (each.act === 'block') {
          await block(each.who, each.blocked);
          if (each.blocked) blocked.add(each.who);
          else blocked.delete(each.who);
        } else if (each.act === 'withdraw') {
          if (away.has(each.who)) {
            away.delete(each.who);
            agree(each.who);
            if (each.who !== 'alice') open.set(each.who, await connect(each.who));
          } else {
            away.add(each.who);
            await withdraw(each.who);
            if (each.who === 'alice') alice.length = late.length = 0;
          }
        } else if (each.act === 'clock') await runClock('alice');
        else if (each.act === 'pass') pass(each.millis);
        isRegistered = [...alice, ...late].some(isOpen);
        for (const push of told.filter(({ type }) => type === 'presence')) {
          const who = viewers.find((viewer) => push.to === open.get(viewer)?.connectionId) ?? 'nobody';
          expect(has.has(push.to)).toBe(true);
          // Who may not see any more sees them go, whether they are there or not.
          const isFarewell = each.act === 'set' && !push.online && push.lastActive === undefined;
          expect(maySee(who) || (isFarewell && maySee(who, before))).toBe(true);
          if (!isFarewell) expect(push.online).toBe(isRegistered);
          if (push.lastActive !== undefined) {
            expect(away.has('alice')).toBe(false);
            expect(mine.lastActive).not.toBe('never');
          }
        }
      }
      // Without consent nothing says that she is or was there.
      await withdraw('alice');
      for (const [who, device] of open)
        if (!away.has(who))
          expect(await ask(device, ['alice'])).toEqual([{ userId: idOf('alice'), online: false }]);
    }),
    { numRuns: 40 },
  );
});

test('coming and going in a row is told twice in ten seconds, and by the clock how it ended', async () => {
  const { connect, disconnect, ask, told, runClock, pass, idOf } = world();
  const bob = await connect('bob');
  await ask(bob, ['alice']);
  for (let round = 0; round < 20; round += 1) {
    const device = await connect('alice');
    if (round < 19) await disconnect(device);
  }
  expect(told.length).toBeLessThanOrEqual(2);
  pass(1_000);
  await runClock('alice');
  expect(told.at(-1)).toEqual({
    type: 'presence',
    to: bob.connectionId,
    userId: idOf('alice'),
    online: true,
  });
  expect(told.length).toBeLessThanOrEqual(3);
});

test('when they last were is told to the hour by default, and in a week no more', async () => {
  const { connect, disconnect, ask, told, pass, now } = world();
  const bob = await connect('bob');
  await ask(bob, ['alice']);
  const device = await connect('alice');
  pass(90 * 60_000);
  const left = now();
  await disconnect(device);
  const at = Math.floor(left / hour) * hour;
  expect(told.map(({ online, lastActive }) => [online, lastActive])).toEqual([
    [true, undefined],
    [false, at],
  ]);
  const again = await connect('bob');
  expect((await ask(again, ['alice']))[0]).toMatchObject({ online: false, lastActive: at });
  pass(8 * 24 * hour);
  const later = await connect('bob');
  expect((await ask(later, ['alice']))[0]).not.toHaveProperty('lastActive');
});

test('the next frame takes the place of the one before, and none asked for ends it', async () => {
  const { connect, ask, told } = world();
  const bob = await connect('bob');
  for (const asked of [['carol'], []]) {
    await ask(bob, ['alice']);
    await ask(bob, asked);
    await connect('alice');
  }
  expect(told).toEqual([]);
});

test('a withdrawal while somebody goes leaves no note of when they were there, whichever is first', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { deps, idOf, connect, disconnect, agree } = world();
      const userId = idOf('alice');
      const device = await connect('alice');
      await disconnect(device, true);
      let isOver = false;
      const slow = <Args extends readonly unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
        scheduler.scheduleFunction(act as never) as unknown as typeof act;
      const stepped = {
        ...deps,
        consent: slow(async () => (isOver ? ('withdrawn' as const) : ('granted' as const))),
        lastActive: {
          ...deps.lastActive,
          put: slow(deps.lastActive.put),
          remove: slow(deps.lastActive.remove),
        },
      };
      const withdrawal = async () => {
        await scheduler.schedule(Promise.resolve(), 'ledger');
        isOver = true;
        await endPresence(stepped, userId);
      };
      await scheduler.waitFor(Promise.all([tellLeft(stepped, userId), withdrawal()]));
      agree('alice');
      expect((await deps.lastActive.read([userId])).get(userId)?.lastActive).toBeUndefined();
    }),
    { numRuns: 40 },
  );
});

test('of those who have asked a stranger, somebody blocked since and a closed connection are not told', async () => {
  const { connect, disconnect, ask, block, told, set, pass } = world();
  const [bob, desk, carol] = [await connect('bob'), await connect('bob'), await connect('carol')];
  for (const device of [bob, desk, carol]) await ask(device, ['alice']);
  await disconnect(desk);
  const alice = await connect('alice');
  expect(told.map(({ to }) => to)).toEqual([bob.connectionId]);
  pass(11_000);
  await block('bob', true);
  await disconnect(alice);
  expect(told).toHaveLength(1);
  const again = await connect('alice');
  await set(again, { presence: 'everyone' });
  expect(told.map(({ to }) => to)).toEqual([bob.connectionId, carol.connectionId]);
});

test('a connection that has not asked is not told what another one of the same person has asked for', async () => {
  const { connect, ask, told } = world();
  const [bob] = [await connect('bob'), await connect('bob')];
  await ask(bob, ['alice']);
  await connect('alice');
  expect(told.map(({ to }) => to)).toEqual([bob.connectionId]);
});

test('who may not see any more sees them go, and who may now sees them come', async () => {
  const { connect, ask, told, set } = world();
  const [bob, carol] = [await connect('bob'), await connect('carol')];
  for (const device of [bob, carol]) await ask(device, ['alice']);
  const alice = await connect('alice');
  told.length = 0;
  for (const presence of ['nobody', 'everyone', 'contacts'] as const) await set(alice, { presence });
  expect(told.map(({ to, online }) => `${to.split('-')[0]} ${online}`)).toEqual([
    'bob false',
    'bob true',
    'carol true',
    'carol false',
  ]);
});

test('a withdrawal between the look at the ledger and the note takes the note away', async () => {
  const { deps, idOf, connect, disconnect, withdraw } = world();
  const userId = idOf('alice');
  await disconnect(await connect('alice'), true);
  const put: typeof deps.lastActive.put = async (...args) => {
    await withdraw('alice');
    await deps.lastActive.put(...args);
  };
  await tellLeft({ ...deps, lastActive: { ...deps.lastActive, put } }, userId);
  expect((await deps.lastActive.read([userId])).get(userId)?.lastActive).toBeUndefined();
});

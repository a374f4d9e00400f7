import * as fc from 'fast-check';
import { openConnection } from '../../../shared/connections/open-connection.ts';
import { shownReadSeq } from '../../../shared/conversations/shown-read-seq.ts';
import { announceTyping } from '../../../shared/messages/announce-typing.ts';
import { markDelivered } from '../../../shared/messages/mark-delivered.ts';
import { markRead } from '../../../shared/messages/mark-read.ts';
import { askSettings, changeSettings } from '../../../shared/settings/change-settings.ts';
import { connectionStore } from '../../../shared/stores/connections/connection-store.ts';
import { conversationRowStore } from '../../../shared/stores/conversations/conversation-row-store.ts';
import { conversationStore } from '../../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../../shared/stores/conversations/membership-store.ts';
import { hiddenMarks } from '../../../shared/stores/personal/settings.ts';
import { settingsStore } from '../../../shared/stores/personal/settings-store.ts';
import { type EpochMillis, epochMillis, epochSeconds } from '../../../shared/time.ts';
import { noLiveGroups } from '../../support/no-live-groups.ts';
import { type StoreTables, storeTables } from '../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('conversations', 'connections', 'personal');
});
afterAll(async () => tables?.close());

const people = ['alice', 'bob', 'carol'] as const;
type Person = (typeof people)[number];
const switches = { read: 'reads', delivered: 'deliveries' } as const;
type Mark = keyof typeof switches;

const act = fc.oneof(
  fc.record({
    act: fc.constant('mark' as const),
    who: fc.constantFrom(...people),
    mark: fc.constantFrom<Mark>('read', 'delivered'),
    seq: fc.integer({ min: 1, max: 20 }),
  }),
  fc.record({ act: fc.constant('type' as const), who: fc.constantFrom(...people) }),
  fc.record({
    act: fc.constant('set' as const),
    who: fc.constantFrom(...people),
    mark: fc.constantFrom<Mark>('read', 'delivered'),
    to: fc.boolean(),
    /** The function dies before its write, or before its ack. */
    dies: fc.constantFrom('no' as const, 'no' as const, 'before' as const, 'after' as const),
  }),
  fc.record({ act: fc.constant('connect' as const), who: fc.constantFrom(...people), dies: fc.boolean() }),
);

let worlds = 0;

/** A group of the three, each on a device; ids are of this world alone. */
async function world() {
  worlds += 1;
  const tag = `w${worlds}`;
  const idOf = (person: Person) => `${person}-${tag}`;
  const conversationId = `g-${tag}`;
  let now = 1_000_000_000_000;
  const clock = () => epochMillis(now);
  const rooms = conversationStore(tables.db, 'conversations', clock);
  await rooms.create({ conversationId, kind: 'group', createdAt: clock() }, people.map(idOf), new Set());
  await rooms.advanceLastSeq({ conversationId, seq: 20, sentAt: clock(), expiresAt: epochSeconds(4e12) });
  const connections = { ...connectionStore(tables.db, 'connections'), listByGroup: async () => [] };
  const settings = settingsStore(tables.db, { personal: 'personal', connections: 'connections' });
  const pushed: { readonly to: string; readonly [key: string]: unknown }[] = [];
  const deps = {
    ...{ policyFingerprint: 'mark', connectionsPerUser: 10, metrics: { put: () => undefined }, now: clock },
    ...{ messages: undefined, authors: undefined, connections, presenceDefault: 'contacts' as const },
    pause: async () => undefined,
    presenceWatches: { watchersOf: async () => [] },
    blocks: { blockedAmong: async () => new Set<string>() },
    lastActive: { remove: async () => undefined },
    conversations: {
      ...rooms,
      ...conversationRowStore(tables.db, 'conversations', clock),
      ...membershipStore(tables.db, 'conversations'),
    },
    gateway: {
      push: async (to: string, data: Uint8Array) => {
        pushed.push({ to, ...JSON.parse(new TextDecoder().decode(data)) });
        return 'sent' as const;
      },
      close: async () => undefined,
    },
  };
  const devices = new Map<string, string[]>();
  async function connect(person: Person, dies = false): Promise<void> {
    const own = devices.get(person) ?? [];
    const connectionId = `${idOf(person)}.${own.length}`;
    const opening = {
      userId: idOf(person),
      connectionId,
      connectedAt: now,
      tokenExpiresAt: now,
      consentedPolicy: 'mark',
    };
    const dying = async () => {
      throw new Error('killed');
    };
    await openConnection(
      {
        ...deps,
        ...{
          live: noLiveGroups,
          graceSeconds: 7_200,
          log: { info: () => undefined, error: () => undefined },
        },
        consent: async () => 'granted',
        tellCame: async () => undefined,
        settings: dies ? { ...settings, read: dying } : settings,
      },
      opening,
    ).catch(() => undefined);
    devices.set(person, [...own, connectionId]);
  }
  const reader = (person: Person) => ({ userId: idOf(person), connectionId: `${idOf(person)}.0` });
  for (const person of people) await connect(person);
  return {
    pushed,
    devices,
    idOf,
    connect,
    pass: () => {
      now += 1_000;
    },
    mark: {
      read: async (who: Person, seq: number) => markRead(deps, reader(who), { conversationId, seq }),
      delivered: async (who: Person, seq: number) =>
        markDelivered(deps, reader(who), { conversationId, seq }),
    },
    type: async (who: Person) => announceTyping(deps, idOf(who), { conversationId, seq: 9 }),
    set: async (who: Person, changes: object, dies: 'no' | 'before' | 'after') => {
      const killed = () => {
        throw new Error('killed');
      };
      const replace: typeof settings.replace = async (...args) => {
        if (dies === 'before') return killed();
        const done = await settings.replace(...args);
        return dies === 'after' ? killed() : done;
      };
      return changeSettings({ ...deps, settings: { ...settings, replace } }, reader(who), changes).catch(
        () => undefined,
      );
    },
    inForce: async (who: Person) => askSettings({ ...deps, settings }, idOf(who)),
    memberOf: async (who: Person) => deps.conversations.readMember(conversationId, idOf(who)),
  };
}

test('whoever hides a mark neither shows nor sees it; everybody else is told, whatever crashes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 6, maxLength: 20 }), async (acts) => {
      const { pushed, devices, idOf, connect, pass, mark, type, set, inForce, memberOf } = await world();
      const shows = new Map(people.map((who) => [who, { reads: true, deliveries: true }]));
      const places = new Map(people.map((who) => [who, { read: 0, shown: 0, delivered: 0 }]));
      const seen = (who: Person, of: Mark) => shows.get(who)?.[switches[of]] === true;
      for (const each of acts) {
        const { who } = each;
        pass();
        pushed.length = 0;
        const place = places.get(who) ?? { read: 0, shown: 0, delivered: 0 };
        /** To whom a push of theirs goes that tells this mark. */
        const others = (of: Mark) =>
          people
            .filter((other) => other !== who && seen(who, of) && seen(other, of))
            .flatMap((other) => devices.get(other) ?? []);
        const own = (devices.get(who) ?? []).slice(1);
        if (each.act === 'connect') {
          await connect(who, each.dies);
          expect(pushed).toEqual([]);
        } else if (each.act === 'set') {
          const changes = { [switches[each.mark]]: each.to };
          await set(who, changes, each.dies);
          if (each.dies !== 'before')
            shows.set(who, { ...(shows.get(who) ?? { reads: true, deliveries: true }), ...changes });
          const { reads, deliveries } = await inForce(who);
          expect({ reads, deliveries }).toEqual(shows.get(who));
          expect(pushed.map(({ to }) => to).toSorted()).toEqual(each.dies === 'no' ? own.toSorted() : []);
        } else if (each.act === 'type') {
          await type(who);
          expect(
            pushed
              .filter(({ seq }) => seq !== undefined)
              .map(({ to }) => to)
              .toSorted(),
          ).toEqual(others('read').toSorted());
          expect(pushed).toHaveLength(
            people.filter((other) => other !== who).flatMap((other) => devices.get(other) ?? []).length,
          );
        } else {
          await mark[each.mark](who, each.seq);
          const from = each.mark === 'read' ? place.read : Math.max(place.read, place.delivered);
          const isNews = each.seq > from && (each.mark === 'read' || seen(who, 'delivered'));
          if (isNews && each.mark === 'delivered') place.delivered = each.seq;
          if (isNews && each.mark === 'read') {
            place.read = each.seq;
            if (seen(who, 'read')) place.shown = each.seq;
          }
          expect(pushed.map(({ to }) => to).toSorted()).toEqual(
            isNews ? [...own, ...others(each.mark)].toSorted() : [],
          );
        }
      }
      for (const who of people) {
        const member = await memberOf(who);
        if (member === undefined) throw new Error('no member');
        const { read, shown, delivered } = places.get(who) ?? { read: 0, shown: 0, delivered: 0 };
        expect([member.readSeq, member.deliveredSeq ?? 0]).toEqual([read, delivered]);
        for (const viewer of people) {
          const view = { userId: idOf(viewer), hides: hiddenMarks(await inForce(viewer)) };
          const wanted = viewer === who ? read : seen(viewer, 'read') ? shown : 0;
          expect(shownReadSeq(member, view) ?? 0).toBe(wanted);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['the one who reads', 'alice', ['alice'], 0],
  ['one of those who are told', 'alice', ['bob'], 1],
  ['nobody', 'alice', [], 2],
] as const)('%s hides it', async (_, reader, hiders, others) => {
  const { set, mark, pushed, memberOf, idOf } = await world();
  await mark.read(reader, 1);
  for (const hider of hiders) await set(hider, { reads: false }, 'no');
  pushed.length = 0;
  await mark.read(reader, 5);
  expect(pushed.map(({ to }) => to).filter((to) => !to.startsWith(reader))).toHaveLength(others);
  const member = await memberOf(reader);
  if (member === undefined) throw new Error('no member');
  const seen = (hides: readonly Mark[]) => shownReadSeq(member, { userId: idOf('carol'), hides });
  expect([seen([]), seen(['read']), seen(['delivered'])]).toEqual(
    hiders.some((hider) => hider === reader) ? [1, undefined, 1] : [5, undefined, 5],
  );
});

test('of changes from two devices at once each is kept', async () => {
  const { set, inForce } = await world();
  await Promise.all([
    set('alice', { reads: false }, 'no'),
    set('alice', { deliveries: false }, 'no'),
    set('alice', { lastActive: 'never' }, 'no'),
  ]);
  expect(await inForce('alice')).toEqual({
    reads: false,
    deliveries: false,
    presence: 'contacts',
    lastActive: 'never',
  });
});

test('a copy never takes the place of a newer one', async () => {
  const { idOf, set } = await world();
  const settings = settingsStore(tables.db, { personal: 'personal', connections: 'connections' });
  await set('bob', { reads: false }, 'no');
  const old = { reads: true, changedAt: 1 as EpochMillis };
  await settings.copy(idOf('bob'), old);
  const [bob] = await connectionStore(tables.db, 'connections').listByUser(idOf('bob'));
  expect(bob?.hides).toEqual(['read']);
});

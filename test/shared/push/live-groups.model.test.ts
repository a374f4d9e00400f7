import * as fc from 'fast-check';
import { openConnection } from '../../../shared/connections/open-connection.ts';
import { recordWithdrawal } from '../../../shared/consent/record-withdrawal.ts';
import { openConversation } from '../../../shared/conversations/open-conversation.ts';
import { stayLive } from '../../../shared/push/stay-live.ts';
import type { Connection } from '../../../shared/stores/connections/connection.ts';
import type { ConsentEntry } from '../../../shared/stores/consents/consent-entry.ts';
import { connectedStore } from '../../../shared/stores/live/connected-store.ts';
import { type LiveGroup, placeOf } from '../../../shared/stores/live/live-shard.ts';
import type { LiveStore } from '../../../shared/stores/live/live-store.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { noWatches } from '../../support/no-live-groups.ts';
import { openToAll } from '../../support/open-to-all.ts';

const group: LiveGroup = { conversationId: 'g-1', shards: 3 };
const noteOf = (userId: string) => ({ ...group, userId });
const crowd = Array.from({ length: 40 }, (_, index) => `crowd-${index}`);
const now = () => epochMillis(1_000_000);
const policy = { version: '1', digest: 'd' };
const until = 4e6 as EpochSeconds;

const bobs = (connectionId: string): Connection => ({
  ...{ userId: 'bob', connectionId, connectedAt: now(), consentedPolicy: 'mark' },
  expiresAt: 8_200 as EpochSeconds,
});

/** Bob at his desk, in a world in which each call is a step of its own, in whatever order. */
function world(scheduler: fc.Scheduler) {
  const live = new Map([['desk', bobs('desk')]]);
  const muted = new Map<string, Connection>();
  const notes = new Set<string>();
  const rows = new Set<string>();
  const ledger: Pick<ConsentEntry, 'entry' | 'decision'>[] = [{ entry: 1, decision: 'granted' }];
  const rowOf = ({ connectionId }: Connection) => `${placeOf(group, connectionId)} ${connectionId}`;
  /** Nothing else happens within one, and it is answered later. */
  const step = async <Result>(name: string, act: () => Result): Promise<Result> => {
    await scheduler.schedule(Promise.resolve(), name);
    const result = act();
    await scheduler.schedule(Promise.resolve(), `${name} answers`);
    return result;
  };
  const index: LiveStore = {
    listByGroup: async () => [],
    groupsOf: async (userId) =>
      step('groups', () => (notes.has(userId) ? [{ ...noteOf(userId), expiresAt: until }] : [])),
    notesOf: async (userId) =>
      step('groups', () => ({
        groups: notes.has(userId) ? [{ ...noteOf(userId), expiresAt: until }] : [],
        watches: [],
      })),
    noteGroups: async (userIds) =>
      step('note', () => {
        for (const each of userIds) notes.add(each);
        return userIds.map(noteOf);
      }),
    endMembership: async ({ userId }) => step('end', () => void notes.delete(userId)),
    forgetGroups: async (userId) => step('forget', () => void notes.delete(userId)),
    // Row by row, as a batch is written.
    join: async (joining, groups) => {
      for (const each of groups.length > 0 ? joining : []) await step('join', () => rows.add(rowOf(each)));
    },
    leave: async (leaving, groups) => {
      for (const each of groups.length > 0 ? leaving : [])
        await step('leave', () => rows.delete(rowOf(each)));
    },
  };
  const isLive = (seen: readonly Connection[]) =>
    seen.length === live.size && seen.every(({ connectionId }) => live.has(connectionId));
  const mute = () => {
    for (const [id, socket] of live) muted.set(id, socket);
    live.clear();
  };
  const table = {
    add: async (connection: Connection) =>
      step('add', () => [...live.set(connection.connectionId, connection).values()]),
    lookBy: async () => undefined,
    remove: async ({ connectionId }: Connection) =>
      step('remove', () => {
        live.delete(connectionId);
        muted.delete(connectionId);
        return false;
      }),
    takeTurn: async () => false,
    tellLater: async () => undefined,
    forget: async () => undefined,
    listByUser: async () => step('list', () => [...live.values()]),
    readSockets: async () =>
      step('sockets', () => ({ live: [...live.values()], muted: [...muted.values()] })),
    mute: async (_userId: string, seen: readonly Connection[]) =>
      step('mute', () => {
        if (!isLive(seen)) return false;
        mute();
        return true;
      }),
    listByUsers: async () => [...live.values()],
    listNow: async () => step('list now', () => [...live.values()]),
  };
  const connections = connectedStore(table, index, noWatches);
  const common = { connections, live: index, now, policy };
  return {
    state: { live, muted, rows, rowOf },
    open: async () =>
      openConversation(
        {
          ...common,
          ...openToAll,
          conversations: {
            readHead: async () => undefined,
            read: async () => undefined,
            readFirst: async () => undefined,
            create: async () => step('create', () => undefined),
            restorePair: async () => undefined,
            markEngaged: async () => undefined,
            prolongMember: async () => undefined,
            markBlocks: async () => undefined,
          },
          titles: undefined,
          holds: { among: async () => ({ users: new Set(), conversations: new Set() }) },
          recent: { mark: async () => undefined },
          limits: { groupMembers: 100, titleBytes: 256 },
          retentionSeconds: 60,
          groupIdOf: async () => 'g-1',
          groups: { history: 'start', afterLeaving: 'keep' },
          idSecret: async () => new Uint8Array(32),
        },
        { userId: 'alice' },
        { action: 'open', id: '1', kind: 'group', members: ['bob', ...crowd] },
      ),
    connect: async () =>
      openConnection(
        {
          ...common,
          consent: async () => step('consent', () => ledger.at(-1)?.decision ?? 'none'),
          gateway: { push: async () => 'sent', close: async () => undefined },
          tellCame: async () => undefined,
          settings: { read: async () => undefined, copy: async () => undefined },
          ...{ graceSeconds: 0, connectionsPerUser: 10, pause: async () => undefined },
          log: { info: () => undefined, error: () => undefined },
        },
        { ...bobs('phone'), tokenExpiresAt: 8_200 },
      ).catch(() => undefined),
    withdraw: async () =>
      recordWithdrawal(
        {
          ...common,
          ledger: { last: async () => step('ledger', () => ledger.at(-1) as ConsentEntry) },
          withdrawals: {
            record: async (line, seen) =>
              step('record', () => {
                if (line.entry !== ledger.length + 1 || !isLive(seen)) return false;
                ledger.push(line);
                mute();
                return true;
              }),
          },
        },
        'bob',
      ),
    hello: async () => stayLive(common, bobs('desk'), [group]),
  };
}

const runs = { numRuns: 300 };

test('whatever is made while sockets open: each socket is found by its large group', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { state, open, connect } = world(scheduler);
      await scheduler.waitFor(Promise.all([open(), connect()]));
      expect([...state.rows].toSorted()).toEqual([...state.live.values()].map(state.rowOf).toSorted());
      expect(state.live.size).toBe(2);
    }),
    runs,
  );
});

test.each(['open', 'connect', 'hello'] as const)(
  'a withdrawal beside %s leaves no socket to a large group',
  async (act) => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, noted) => {
        const { state, withdraw, ...acts } = world(scheduler);
        if (noted) await scheduler.waitFor(acts.open());
        await scheduler.waitFor(Promise.all([withdraw(), acts[act]()]));
        expect(state.live.size).toBe(0);
        expect([...state.rows]).toEqual([]);
      }),
      runs,
    );
  },
);

test('two devices that look at their conversations are both found', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { state, hello, connect } = world(scheduler);
      await scheduler.waitFor(Promise.all([hello(), connect()]));
      expect([...state.rows].toSorted()).toEqual([...state.live.values()].map(state.rowOf).toSorted());
    }),
    runs,
  );
});

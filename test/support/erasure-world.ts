import { randomUUID } from 'node:crypto';
import type { CarryOutErasureDeps } from '../../shared/erasure/carry-out-erasure.ts';
import { endConsent } from '../../shared/erasure/end-consent.ts';
import { eraseConnections } from '../../shared/erasure/erase-connections.ts';
import { eraseMemberships } from '../../shared/erasure/erase-memberships.ts';
import { eraseMessages } from '../../shared/erasure/erase-messages.ts';
import { eraseProfile } from '../../shared/erasure/erase-profile.ts';
import { eraseSends } from '../../shared/erasure/erase-sends.ts';
import type { EraseWrittenDeps } from '../../shared/erasure/erase-written.ts';
import type { ErasureJob } from '../../shared/erasure/erasure-job.ts';
import { type RecheckDeps, rechecks as rechecksOf } from '../../shared/erasure/recheck.ts';
import type { RequestErasureDeps } from '../../shared/erasure/request-erasure.ts';
import { returnedAt } from '../../shared/erasure/returned-at.ts';
import type { Receipt } from '../../shared/protocol/erasure/table.ts';
import { storesOf } from '../../shared/protocol/personal-stores.ts';
import type { Connection } from '../../shared/stores/connections/connection.ts';
import type { ConsentEntry } from '../../shared/stores/consents/consent-entry.ts';
import type { Message } from '../../shared/stores/messages/message.ts';
import type { ErasureRequest } from '../../shared/stores/privacy/erasure-request.ts';
import type { AskHolds } from '../../shared/stores/privacy/hold-store.ts';
import { type Holds, isOnHold } from '../../shared/stores/privacy/holds.ts';
import type { LateDeletions } from '../../shared/stores/privacy/late-deletions.ts';
import type { LateLook } from '../../shared/stores/privacy/late-look.ts';
import type { LateLookStore } from '../../shared/stores/privacy/late-look-store.ts';
import { erasureKey } from '../../shared/stores/privacy/privacy-keys.ts';
import type { StoredProfile } from '../../shared/stores/profiles/profile.ts';
import type { Title } from '../../shared/stores/profiles/title.ts';
import type { JobQueue } from '../../shared/stores/queue/job-queue.ts';
import type { SendStore } from '../../shared/stores/sends/send-store.ts';
import { type EpochSeconds, epochMillis } from '../../shared/time.ts';
import { amongHolds, holdWorld } from './hold-world.ts';
import { type ConversationRows, memoryConversationStore } from './memory-conversation-store.ts';
import { memoryMessageStore } from './memory-message-store.ts';
import { memorySendStore } from './memory-send-store.ts';
import { memoryTitleStore } from './memory-title-store.ts';
import { messageWorld } from './message-world.ts';
import { noChanges } from './no-changes.ts';
import { noLiveGroups, nothingInRooms } from './no-live-groups.ts';
import type { Step } from './step.ts';
import { writtenPage, writtenStore } from './written-store.ts';

export const rooms = ['1', '2'].map((digit) => `d-${digit.repeat(32)}`);
const policy = { version: '1', digest: '' };

export type Job = { readonly job: ErasureJob; readonly dueAt: number };
export type Placed = { readonly message: Message; readonly at: number };

/** As the stores' conditions have it. */
function isTheSame<Item extends { readonly revision: number }>(
  one: Item | undefined,
  other: Item | undefined,
  own: keyof Item,
): boolean {
  return one?.revision === other?.revision && one?.[own] === other?.[own];
}

/** Two conversations of alice and bob with all that an erasure reaches, in memory. */
export function erasureWorld() {
  const rows = new Map<string, ConversationRows>();
  const worlds = new Map(rooms.map((id) => [id, messageWorld(id, rows)]));
  const holds = holdWorld();
  const requests = new Map<string, ErasureRequest>();
  const receipts = new Map<string, Receipt>();
  const lateDeletions: (readonly [string, LateDeletions])[] = [];
  const lateLooks = new Map<string, LateLook>();
  const profiles = new Map<string, StoredProfile>();
  const titles = new Map<string, Title>();
  const ledger: ConsentEntry[] = [];
  const sockets = new Map<string, Set<Connection>>();
  /** Those that a withdrawal has ended, until they are closed. */
  const muted = new Map<string, Set<Connection>>();
  const cut: string[] = [];
  const queue: Job[] = [];
  /** Everything that ever was: placed messages, saved and closed requests, noted looks; and what must not have been. */
  const placed: Placed[] = [];
  const saved: ErasureRequest[] = [];
  const looked: LateLook[] = [];
  const closed: ErasureRequest[] = [];
  const faults: string[] = [];

  const world = (id: string) => {
    const found = worlds.get(id);
    if (found === undefined) throw new Error('no such conversation');
    return found;
  };

  function sendDeps(
    conversationId: string,
    step: Step,
    now: () => number,
  ): ReturnType<ReturnType<typeof messageWorld>['deps']> {
    const deps = world(conversationId).deps(step, now);
    const onAppend = (message: Message) => void placed.push({ message, at: now() });
    return { ...deps, messages: memoryMessageStore(world, { step, onAppend }) };
  }

  const isMeant = ({ userId, target, writtenBy }: ErasureRequest, { message, at }: Placed): boolean => {
    if (userId !== message.from || at > writtenBy) return false;
    if (target.scope === 'account') return true;
    if (target.scope === 'profile' || target.conversationId !== message.conversationId) return false;
    return target.scope === 'conversation' || target.seq === message.seq;
  };
  const isThere = ({ message: { conversationId, seq, from } }: Placed) =>
    world(conversationId).messages.get(seq)?.from === from;

  const lookDeps = (step: Step): LateLookStore => ({
    read: async (id) => step(() => lateLooks.get(id)),
    save: async (look, before) =>
      step(() => {
        if (!isTheSame(lateLooks.get(look.id), before, 'noteId')) return false;
        lateLooks.set(look.id, look);
        looked.push(look);
        return true;
      }),
    remove: async (look) =>
      step(() => isTheSame(lateLooks.get(look.id), look, 'noteId') && lateLooks.delete(look.id)),
    async *each(after = '') {
      for (const id of [...lateLooks.keys()].toSorted()) {
        const look = id > after ? await step(() => lateLooks.get(id)) : undefined;
        if (look !== undefined) yield look;
      }
    },
  });

  const requestDeps = (step: Step, now: () => number): RequestErasureDeps => ({
    requests: {
      read: async (key) => step(() => requests.get(erasureKey(key).at)),
      save: async (request, before) =>
        step(() => {
          const key = erasureKey(request).at;
          if (!isTheSame(requests.get(key), before, 'requestId')) return false;
          requests.set(key, request);
          saved.push(request);
          return true;
        }),
      close: async (request) =>
        step(() => {
          const key = erasureKey(request).at;
          if (!isTheSame(requests.get(key), request, 'requestId')) return false;
          closed.push(request);
          // Of what came in the same instant a send may have been under way behind the pass: that is the late look's.
          for (const each of placed.filter((one) => isMeant(request, one) && one.at < request.writtenBy))
            if (isThere(each)) faults.push(`over, and ${each.message.from}'s ${each.message.seq} is there`);
          return requests.delete(key);
        }),
      list: async (userId) => step(() => [...requests.values()].filter((each) => each.userId === userId)),
      async *each(after = '') {
        for (const key of [...requests.keys()].toSorted()) {
          const request = key > after ? await step(() => requests.get(key)) : undefined;
          if (request !== undefined) yield request;
        }
      },
    },
    queue: {
      add: async (job, delay = 0) => step(() => void queue.push({ job, dueAt: now() + delay * 1000 })),
    },
    holds: holds.deps(step),
    conversations: memberships(step),
    now: () => epochMillis(now()),
    randomId: randomUUID,
  });

  const memberships = (step: Step) => memoryConversationStore(rows, { step });

  const isLive = (userId: string, seen: readonly Connection[]) => {
    const live = sockets.get(userId) ?? new Set();
    return seen.length === live.size && seen.every((each) => live.has(each));
  };
  const mute = (userId: string) => {
    muted.set(userId, new Set([...(muted.get(userId) ?? []), ...(sockets.get(userId) ?? [])]));
    sockets.delete(userId);
  };

  function consents(step: Step) {
    const of = (userId: string) => ledger.filter((entry) => entry.userId === userId);
    return {
      last: async (userId: string) => step(() => of(userId).at(-1)),
      list: async (userId: string) => step(() => of(userId)),
      /** With the sockets, as the transaction does it. */
      record: async (entry: ConsentEntry, live: readonly Connection[]) =>
        step(() => {
          if (of(entry.userId).length !== entry.entry - 1 || !isLive(entry.userId, live)) return false;
          ledger.push(entry);
          mute(entry.userId);
          return true;
        }),
      expire: async () => step(() => undefined),
    };
  }

  const sends = (step: Step): SendStore =>
    memorySendStore(
      { of: (id) => world(id).claims, all: () => [...worlds.values()].map(({ claims }) => claims) },
      { step, pageSize: writtenPage },
    );

  function written(step: Step, now: () => number, asked: () => Holds): EraseWrittenDeps {
    return {
      now: () => epochMillis(now()),
      tell: async () => step(() => undefined),
      ...noChanges,
      removeMedia: async () => step(() => 'removed' as const),
      objects: { count: async () => step(() => 0) },
      ...writtenStore(world, step, ({ from, seq, conversationId }) => {
        if (isOnHold(asked(), from, conversationId)) faults.push(`${from}'s ${seq} was erased under hold`);
      }),
    };
  }

  /** What one invocation of the worker has. */
  function workDeps(step: Step, now: () => number): CarryOutErasureDeps & RecheckDeps {
    let asked = holds.inForce();
    const clock = () => epochMillis(now());
    const base = requestDeps(step, now);
    const among: AskHolds = async (keys) =>
      step(() => {
        asked = holds.inForce();
        return amongHolds(asked, keys);
      });
    const writtenDeps = written(step, now, () => asked);
    const looks = lookDeps(step);
    const jobs: JobQueue<ErasureJob> = {
      add: async (job, delay = 0) => step(() => void queue.push({ job, dueAt: now() + delay * 1000 })),
    };
    const rechecks = rechecksOf({ looks, jobs, now: clock, randomId: randomUUID });
    const of = (rows: ReadonlyMap<string, Set<Connection>>, userId: string) =>
      rows.get(userId) ?? new Set<Connection>();
    const connections = {
      ...noLiveGroups,
      listByUser: async (userId: string) => step(() => [...of(sockets, userId)]),
      readSockets: async (userId: string) =>
        step(() => ({ live: [...of(sockets, userId)], muted: [...of(muted, userId)] })),
      mute: async (userId: string, live: readonly Connection[]) =>
        step(() => {
          if (!isLive(userId, live)) return false;
          mute(userId);
          return true;
        }),
      remove: async ({ userId, connectionId }: Connection) =>
        step(() => {
          for (const rows of [sockets, muted])
            for (const each of of(rows, userId))
              if (each.connectionId === connectionId) of(rows, userId).delete(each);
          return false;
        }),
      forget: async (userId: string) =>
        step(() => {
          if (of(sockets, userId).size + of(muted, userId).size > 0) return;
          sockets.delete(userId);
          muted.delete(userId);
        }),
    };
    const ledgerStore = consents(step);
    const returned = returnedAt(ledgerStore);
    const titleStore = memoryTitleStore(titles, { step });
    return {
      metrics: { put: () => undefined },
      requests: base.requests,
      queue: base.queue,
      receipts: {
        put: async (_userId, receipt) => step(() => void receipts.set(receipt.requestId, receipt)),
        addLateDeletions: async (_userId, requestId, deletions) =>
          step(() => void lateDeletions.push([requestId, deletions])),
      },
      holds: { among },
      conversations: memberships(step),
      connections,
      pause: async () => step(() => undefined),
      gateway: {
        push: async () => step(() => 'sent' as const),
        close: async (connectionId) => step(() => void cut.push(connectionId)),
      },
      policyFingerprint: 'mark',
      stores: storesOf({
        messagesStored: true,
        mediaHandedOver: false,
        profilesStored: true,
        reportsKept: true,
        devicesNotified: false,
      }),
      proofSeconds: 1,
      reportSeconds: 1,
      now: clock,
      isOver: () => false,
      written: writtenDeps,
      sends: sends(step),
      looks,
      jobs,
      revokeExports: async () => step(() => undefined),
      returnedAt: returned,
      titles: titleStore,
      endConsent: endConsent({
        ledger: ledgerStore,
        withdrawals: ledgerStore,
        connections,
        policy,
        proofSeconds: 1,
        now: clock,
      }),
      erasers: {
        messages: eraseMessages({
          ...writtenDeps,
          conversations: memberships(step),
          rechecks,
          sentInRooms: nothingInRooms,
        }),
        sends: eraseSends(sends(step)),
        profiles: eraseProfile({
          conversations: memberships(step),
          titles: titleStore,
          profiles: {
            read: async ([userId = '']) =>
              step(() => [profiles.get(userId)].filter((each) => each !== undefined)),
            remove: async ({ userId, updatedAt }) =>
              step(() => {
                if (profiles.get(userId)?.updatedAt !== updatedAt) return false;
                if (isOnHold(asked, userId)) faults.push(`${userId}'s profile was erased under hold`);
                return profiles.delete(userId);
              }),
          },
        }),
        conversations: eraseMemberships({
          returnedAt: returned,
          titles: titleStore,
          rechecks,
          conversations: {
            ...memberships(step),
            removeMember: async (id, userId) =>
              step(() => {
                if (isOnHold(asked, userId, id)) faults.push(`${userId} was taken out of what is under hold`);
                return world(id).members.delete(userId);
              }),
          },
        }),
        mediaObjects: async () => ({ deleted: 0, found: 0, held: 0 }),
        reports: async () => ({ deleted: 0, found: 0, held: 0 }),
        personal: async () => ({ deleted: 0, found: 0, held: 0 }),
        rateLimits: async () => ({ deleted: 0, found: 0, held: 0 }),
        exportFiles: async () => ({ deleted: 0, found: 0, held: 0 }),
        live: async () => ({ deleted: 0, found: 0, held: 0 }),
        connections: eraseConnections({ returnedAt: returned, connections }),
      },
    };
  }

  /** Begins to use the chat, or does so again: consent, a profile, a device, both conversations. */
  function join(userId: string, now: number): void {
    const at = epochMillis(now);
    const entry = ledger.filter((each) => each.userId === userId).length + 1;
    const decision = { purpose: 'chat', policyVersion: '1', policyDigest: '', decidedAt: at } as const;
    ledger.push({ ...decision, userId, entry, decision: 'granted' });
    for (const id of rooms) world(id).members.set(userId, { userId, readSeq: 0 });
    const nickname = `nickname of ${userId}`;
    profiles.set(userId, { userId, nickname, updatedAt: at, expiresAt: 4e9 as EpochSeconds });
    const connectionId = `${userId}-${entry}`;
    const connection = {
      userId,
      connectionId,
      connectedAt: at,
      expiresAt: 4e9 as EpochSeconds,
      consentedPolicy: 'mark',
    };
    sockets.set(userId, new Set([...(sockets.get(userId) ?? []), connection]));
  }

  const state = {
    world,
    holds,
    requests,
    receipts,
    lateDeletions,
    profiles,
    titles,
    ledger,
    sockets,
    muted,
    cut,
    queue,
    lateLooks,
  };
  return {
    ...state,
    isThere,
    placed,
    saved,
    looked,
    closed,
    faults,
    sendDeps,
    requestDeps,
    lookDeps,
    workDeps,
    join,
  };
}

import type { Push } from '../../shared/protocol/table.ts';
import { type DeliverRoomDeps, deliverBehind, deliverRoom } from '../../shared/rooms/deliver-room.ts';
import type { SendToRoomDeps } from '../../shared/rooms/place-in-room.ts';
import { sendToRoom } from '../../shared/rooms/send-to-room.ts';
import { recent } from '../../shared/runtime/recent.ts';
import type { Connection } from '../../shared/stores/connections/connection.ts';
import type { Head } from '../../shared/stores/conversations/conversation.ts';
import { isReadable } from '../../shared/stores/expiry/expiry.ts';
import type { Watch } from '../../shared/stores/live/watch.ts';
import type { Message, SendRequest } from '../../shared/stores/messages/message.ts';
import { type MessageHeader, toHeader } from '../../shared/stores/messages/message-header.ts';
import type { Range } from '../../shared/stores/messages/message-store.ts';
import type { RoomJob } from '../../shared/stores/queue/room-job.ts';
import type { IdempotencyRecord } from '../../shared/stores/sends/send-store.ts';
import { type EpochSeconds, epochMillis } from '../../shared/time.ts';
import { steadyRetention } from './steady-retention.ts';
import type { Step } from './step.ts';

type Row = MessageHeader & Partial<Pick<Message, 'content'>>;
type Cursor = { seq: number; nextAt: number; leaseId?: string; leaseUntil?: number; again?: true };
export type Told = { readonly connectionId: string; readonly frame: Push };
type Queued = { readonly job: RoomJob; readonly at: number };

export const room = 'r-1';
const retentionSeconds = 3_600;
const part = { conversationId: room, shard: 0, shards: 1 };

const connectionOf = (connectionId: string, at: number): Connection => ({
  ...{ userId: `user of ${connectionId}`, connectionId, connectedAt: epochMillis(at), consentedPolicy: 'p' },
  expiresAt: 9e9 as EpochSeconds,
});

/** One part of a room in memory: its log, how far it has been told, who watches it, and its queue. */
export function roomWorld(watchers: readonly string[] = []) {
  const head = { lastSeq: 0, lastSentAt: 0 };
  const rows = new Map<number, Row>();
  const claims = new Map<string, IdempotencyRecord>();
  const cursor: Cursor = { seq: 0, nextAt: 0 };
  const told: Told[] = [];
  const queue: Queued[] = [];
  const state = { now: 1_800_000_000_000, unreachable: new Set<string>(), leases: 0 };
  const pass = (millis: number): void => {
    state.now += millis;
  };
  const connections = watchers.map((each) => connectionOf(each, state.now - 60_000));
  const now = () => epochMillis(state.now);
  const retention = steadyRetention(retentionSeconds, now);
  const sorted = () => [...rows.values()].toSorted((one, other) => one.seq - other.seq);
  const put = (row: Row): Row | undefined => {
    const there = rows.get(row.seq);
    if (there === undefined) rows.set(row.seq, row);
    return there;
  };
  const jobs = (step: Step) => ({
    add: async (job: RoomJob, seconds = 0) =>
      step(() => void queue.push({ job, at: state.now + seconds * 1000 })),
    addAll: async (all: readonly RoomJob[], seconds = 0) =>
      step(() => void queue.push(...all.map((job) => ({ job, at: state.now + seconds * 1000 })))),
  });
  const fence: SendToRoomDeps['log']['fence'] = async (number) =>
    put({ ...number, held: false, tombstonedAt: epochMillis(0) }) === undefined;
  const headers = ({ after = 0, before = Number.MAX_SAFE_INTEGER, limit = 240, newestFirst }: Range) => {
    const all = sorted().filter(({ seq }) => seq > after && seq < before);
    const page = (newestFirst === true ? all.toReversed() : all).slice(0, limit);
    return { headers: page, more: page.length < all.length };
  };

  const deliverDeps = (step: Step, isOver: () => boolean): DeliverRoomDeps => ({
    exactMessages: { readExactly: async () => [] },
    now,
    retention,
    randomId: () => {
      state.leases += 1;
      return String(state.leases);
    },
    isOver,
    policyFingerprint: 'p',
    callbacksPerSecond: 100,
    metrics: { put: () => undefined },
    jobs: jobs(step),
    pause: async (millis) => step(() => pass(millis)),
    watches: { listShard: async () => step(() => connections) },
    connections: { remove: async () => undefined },
    gateway: {
      close: async () => undefined,
      push: async (connectionId, data) =>
        step(() => {
          if (state.unreachable.has(connectionId)) return 'failed' as const;
          told.push({ connectionId, frame: JSON.parse(new TextDecoder().decode(data)) });
          return 'sent' as const;
        }),
    },
    log: {
      fence: async (number) => step(() => fence(number)).then(async (done) => done),
      entries: async (_room, after, limit, ask) => {
        const ruling = await ask();
        return step(() => {
          const { headers: page, more } = headers({ after, limit: Math.min(limit, 3) });
          const entries = page.map((header) => ({
            header,
            ...(isReadable(header, ruling) && { message: header as unknown as Message }),
          }));
          return { entries, more };
        });
      },
    },
    cursors: {
      read: async () => step(() => cursor.seq),
      take: async (_part, id, at, until) =>
        step(() => {
          if (cursor.leaseUntil !== undefined && cursor.leaseUntil >= at) {
            cursor.again = true;
            return undefined;
          }
          const wasLeft = cursor.leaseUntil !== undefined;
          Object.assign(cursor, { leaseId: id, leaseUntil: until });
          delete cursor.again;
          return { id, seq: cursor.seq, nextAt: epochMillis(cursor.nextAt), wasLeft };
        }),
      goOn: async (_part, id, progress, until) =>
        step(() => {
          if (cursor.leaseId !== id) return false;
          Object.assign(cursor, progress, { leaseUntil: until });
          delete cursor.again;
          return true;
        }),
      giveBack: async (_part, id, progress, evenIf) =>
        step(() => {
          if (cursor.leaseId !== id) return 'lost';
          if (cursor.again === true && evenIf === undefined) return 'again';
          Object.assign(cursor, progress);
          for (const name of ['leaseId', 'leaseUntil', 'again'] as const) delete cursor[name];
          return 'given back';
        }),
    },
  });

  const sendDeps = (step: Step): SendToRoomDeps => ({
    review: undefined,
    now,
    retention,
    retentionSeconds,
    consented: Promise.resolve(),
    writers: recent<Watch>(now),
    watches: {
      find: async (userId) =>
        step(() => ({ ...part, userId, connectionId: 'c', expiresAt: 9e9 as EpochSeconds })),
    },
    conversations: { scheduleExpiry: async () => step(() => undefined) },
    rooms: {
      takeNumber: async (_room, at, endOf) =>
        step(() => {
          const before = { ...head, conversationId: room, kind: 'room', retryMarks: [] } as unknown as Head;
          const sentAt = epochMillis(Math.max(at, head.lastSentAt));
          Object.assign(head, { lastSeq: head.lastSeq + 1, lastSentAt: sentAt });
          return { seq: head.lastSeq, sentAt, head: { ...before, lastExpiresAt: endOf(sentAt) } };
        }),
    },
    messages: {
      append: async (message) => step(() => put({ ...toHeader(message), content: message.content })),
      headers: async (_room, range) => step(() => headers(range)),
    },
    log: { fence: async (number) => step(() => fence(number)).then(async (done) => done) },
    sends: {
      claim: async (record) =>
        step(() => {
          const there = claims.get(record.sendKey);
          if (there === undefined) claims.set(record.sendKey, record);
          return there;
        }),
      notePlace: async ({ sendKey }, { seq, sentAt, expiresAt }, _end, before) =>
        step(() => {
          const there = claims.get(sendKey);
          if (there === undefined || there.seq !== before) return false;
          claims.set(sendKey, { ...there, seq, sentAt, expiresAt });
          return true;
        }),
    },
    jobs: jobs(step),
  });

  return {
    state,
    told,
    queue,
    connections,
    stored: () => sorted().filter(({ from }) => from !== undefined),
    pass,
    /** One of those that tell of something new. */
    losePoke() {
      const index = queue.findIndex(({ job }) => job.behind === undefined);
      if (index !== -1) queue.splice(index, 1);
    },
    send: async (step: Step, id: string) => {
      const content = { type: 'text', text: id } as const;
      const frame: SendRequest = { action: 'send', conversationId: room, id, content };
      return sendToRoom(sendDeps(step), { userId: 'alice', connectionId: 'c' }, frame);
    },
    carryOut: async (step: Step, { behind }: RoomJob, isOver: () => boolean = () => false) => {
      const deps = deliverDeps(step, isOver);
      return behind === undefined ? deliverRoom(deps, part) : deliverBehind(deps, part, behind);
    },
  };
}

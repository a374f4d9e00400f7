import { Readable } from 'node:stream';
import type { ExportConversationsDeps } from '../../shared/export/export-conversations.ts';
import { type Exporters, exporters } from '../../shared/export/exporters.ts';
import type { RequestExportDeps } from '../../shared/export/request-export.ts';
import type { WriteExportDeps } from '../../shared/export/write-export.ts';
import type { ConsentState } from '../../shared/protocol/consent/table.ts';
import type { Connection } from '../../shared/stores/connections/connection.ts';
import type { ConsentEntry } from '../../shared/stores/consents/consent-entry.ts';
import type { Conversation, FormerMember } from '../../shared/stores/conversations/conversation.ts';
import type { ConversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import type { Message } from '../../shared/stores/messages/message.ts';
import type { ExportFileStore, Upload } from '../../shared/stores/privacy/export-file-store.ts';
import type { ExportJob, ExportRequest } from '../../shared/stores/privacy/export-request.ts';
import type { ExportStore } from '../../shared/stores/privacy/export-store.ts';
import type { Title } from '../../shared/stores/profiles/title.ts';
import { type EpochMillis, epochMillis, epochSeconds } from '../../shared/time.ts';
import { memoryMessageStore } from './memory-message-store.ts';
import { memoryTitleStore } from './memory-title-store.ts';
import { steadyRetention } from './steady-retention.ts';

export const weekSeconds = 604_800;

/** What exports read and write, in memory, with the consistency that DynamoDB and S3 give. */
export function exportWorld({ stored = true } = {}) {
  const state = {
    now: 1_800_000_000_000,
    consent: 'granted' as ConsentState,
    /** What DynamoDB gives of messages in a call. */
    pageSize: 100,
    /** DynamoDB, which does not look whether there is anything behind the last row of a page. */
    fullPageHasMore: false,
    /** Asked behind every slice. */
    isOver: () => false,
    beforePart: async (_number: number): Promise<void> => undefined,
    record: undefined as ExportRequest | undefined,
  };
  const conversations = new Map<string, Conversation>();
  /** By conversation and user. */
  const former = new Map<string, FormerMember>();
  const titles = new Map<string, Title>();
  const messages = new Map<string, Message[]>();
  const media = new Map<string, Uint8Array>();
  const objects = new Map<string, Uint8Array>();
  const uploads = new Map<string, { readonly key: string; readonly parts: Map<number, Uint8Array> }>();
  const jobs: ExportJob[] = [];
  const pushed: { readonly connectionId: string; readonly frame: Record<string, unknown> }[] = [];
  const connections: Connection[] = [];
  const now = () => epochMillis(state.now);
  let ids = 0;

  const ofRecord = (request: ExportRequest, change: Partial<ExportRequest>, holds = true): boolean => {
    if (!holds || state.record?.requestId !== request.requestId) return false;
    state.record = { ...state.record, ...change };
    return true;
  };

  const exports: ExportStore = {
    read: async (userId) => (state.record?.userId === userId ? state.record : undefined),
    async create(request) {
      if (state.record !== undefined) return false;
      state.record = request;
      return true;
    },
    addRequester: async (request, requester) =>
      ofRecord(request, { requestedBy: new Set([...(state.record?.requestedBy ?? []), requester]) }),
    touch: async (request, updatedAt) =>
      ofRecord(request, { updatedAt }, state.record?.updatedAt === request.updatedAt),
    take: async (request, { uploadId, key: uploadKey }) =>
      ofRecord(
        request,
        { uploadId, uploadKey },
        state.record?.uploadId === request.uploadId && state.record?.parts === request.parts,
      ),
    async advance(request, uploadId, progress) {
      if (!ofRecord(request, progress, state.record?.uploadId === uploadId)) return false;
      const { uploadId: _done, uploadKey: _lies, ...rest } = state.record ?? request;
      state.record = 'readableUntil' in progress ? { ...rest, state: 'ready' } : rest;
      return true;
    },
    async restart(request, updatedAt) {
      const isSame =
        state.record?.uploadId === request.uploadId &&
        state.record?.parts === request.parts &&
        state.record?.state === 'accepted';
      if (!ofRecord(request, { parts: 0, updatedAt }, isSame)) return false;
      const gone = ['place', 'partEnds', 'partStarts', 'zipKeys', 'uploadId', 'uploadKey'];
      const kept = Object.entries(state.record ?? request).filter(([name]) => !gone.includes(name));
      state.record = Object.fromEntries(kept) as ExportRequest;
      return true;
    },
    async remove({ requestId, parts, uploadId }) {
      const { record } = state;
      if (record?.requestId !== requestId) return undefined;
      if (record.parts !== parts || record.uploadId !== uploadId) return record;
      state.record = undefined;
      return undefined;
    },
    async *each() {
      if (state.record !== undefined) yield state.record;
    },
  };

  const uploadOf = ({ uploadId }: Upload) => {
    const found = uploads.get(uploadId);
    if (found === undefined) throw new Error('NoSuchUpload');
    return found;
  };
  const files: ExportFileStore = {
    async begin(key) {
      ids += 1;
      uploads.set(`upload-${ids}`, { key, parts: new Map() });
      return { key, uploadId: `upload-${ids}` };
    },
    async addPart(upload, number, data) {
      await state.beforePart(number);
      uploadOf(upload).parts.set(number, data);
      return { PartNumber: number, ETag: `"${number}"` };
    },
    async complete(upload, parts) {
      const { key, parts: stored } = uploadOf(upload);
      objects.set(
        key,
        Buffer.concat(parts.map(({ PartNumber }) => stored.get(PartNumber) ?? Buffer.from('missing'))),
      );
      uploads.delete(upload.uploadId);
    },
    abort: async ({ uploadId }) => void uploads.delete(uploadId),
    list: async (prefix) => [...objects.keys()].filter((key) => key.startsWith(prefix)),
    remove: async (key) => void objects.delete(key),
    presign: async (key, from, until) => `https://files/${key}?for=${until - from}`,
  };

  const retention = steadyRetention(weekSeconds, now);
  const bytesOf = (mediaId: string): AsyncIterable<Uint8Array> | undefined => {
    const bytes = media.get(mediaId);
    return bytes && Readable.from([bytes]);
  };
  const rowsOf = (id: string) => ({
    messages: new Map((messages.get(id) ?? []).map((message) => [message.seq, message])),
    timeless: new Set<number>(),
    claims: new Map(),
  });

  const conversationStore: ExportConversationsDeps['conversations'] &
    Pick<ConversationStore, 'listFormerIds'> = {
    listFormerIds: async (id) =>
      [...former.values()].flatMap(({ userId }) => (former.has(`${id} ${userId}`) ? [userId] : [])),
    read: async (id) => conversations.get(id),
    readFormer: async (id, userId) => former.get(`${id} ${userId}`),
    listIds: async (userId, limit, after = '') => {
      const all = [...conversations.values()].filter(
        ({ head, members }) => members.has(userId) || former.has(`${head.conversationId} ${userId}`),
      );
      const rest = all.map(({ head }) => head.conversationId).filter((id) => id > after);
      const ids = rest.toSorted().slice(0, limit);
      const next = ids.at(-1);
      return { ids, ...(rest.length > limit && next !== undefined && { next }) };
    },
  };

  const stores: Exporters = exporters({
    conversations: conversationStore,
    titles: {
      store: memoryTitleStore(titles),
      retention: steadyRetention(weekSeconds, now),
    },
    messages: stored
      ? {
          retention,
          locate: async (key) => ({ key }),
          objects: { get: async ({ mediaId }) => bytesOf(mediaId) },
          messages: {
            headers: async (id, range) => memoryMessageStore(rowsOf, {}).headers(id, range),
            readable: async (id, range, policy, reader) => {
              const store = memoryMessageStore(rowsOf, { pageSize: state.pageSize });
              const { more, ...page } = await store.readable(id, range, policy, reader);
              return {
                ...page,
                more: more || (state.fullPageHasMore && page.messages.length === state.pageSize),
              };
            },
          },
        }
      : undefined,
    profiles: undefined,
    sends: { list: async () => ({ records: [] }) },
    sentInRooms: { nextRoom: async () => undefined, listInRoom: async () => ({ records: [] }) },
    connections: { readSockets: async () => ({ live: connections, muted: [] }) },
    personal: { list: async () => ({ rows: [] }) },
    rateLimits: { list: async () => [] },
    ledger: { list: async (): Promise<readonly ConsentEntry[]> => [] },
    privacy: { about: async () => ({ erasures: [], exports: [], holds: [], receipts: [] }) },
  });

  const requestDeps: RequestExportDeps = {
    exports,
    files,
    retention: stored ? retention : undefined,
    jobs: { add: async (job) => void jobs.push(job) },
    now,
    randomId: () => `request-${++ids}`,
  };
  const writeDeps: WriteExportDeps = {
    ...requestDeps,
    exports,
    files,
    exporters: stores,
    isOver: () => state.isOver(),
    partBytes: 64 * 1024,
    consent: async () => state.consent,
    policyFingerprint: 'mark',
    metrics: { put: () => undefined },
    connections: { listByUser: async () => connections, remove: async () => undefined },
    gateway: {
      push: async (connectionId, data) => {
        pushed.push({ connectionId, frame: JSON.parse(new TextDecoder().decode(data)) });
        return 'sent' as const;
      },
      close: async () => undefined,
    },
  };

  function talk(conversationId: string, members: readonly string[], texts: readonly string[]): void {
    conversations.set(conversationId, {
      head: {
        conversationId,
        kind: 'direct',
        createdAt: epochMillis(0),
        lastSeq: texts.length,
        lastSentAt: 0,
        retryMarks: [],
      },
      members: new Map(members.map((userId) => [userId, { userId, readSeq: 0 }])),
    });
    const sentAt = now();
    messages.set(
      conversationId,
      texts.map((text, index) => ({
        conversationId,
        seq: index + 1,
        id: `m${index}`,
        from: members[index % members.length] ?? '',
        sentAt,
        expiresAt: epochSeconds(sentAt + weekSeconds * 1000),
        content: { type: 'text', text },
      })),
    );
  }

  function connect(connectionId: string, consentedPolicy = 'mark'): void {
    const connectedAt = 0 as EpochMillis;
    connections.push({
      userId: 'alice',
      connectionId,
      connectedAt,
      expiresAt: epochSeconds(9e12),
      consentedPolicy,
    });
  }

  return {
    state,
    conversations,
    former,
    conversationStore,
    titles,
    messages,
    media,
    objects,
    uploads,
    jobs,
    pushed,
    requestDeps,
    writeDeps,
    files,
    exports,
    talk,
    connect,
  };
}

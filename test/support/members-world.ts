import { announceAgain, announceChange } from '../../shared/members/announce-change.ts';
import { announceTitle } from '../../shared/members/announce-title.ts';
import { type ChangeMembersDeps, changeMembers } from '../../shared/members/change-members.ts';
import { changeTitle } from '../../shared/members/change-title.ts';
import { readHistory } from '../../shared/messages/read-history.ts';
import { retryPushes } from '../../shared/messages/retry-pushes.ts';
import { sendMessage } from '../../shared/messages/send-message.ts';
import type { MembersFrame } from '../../shared/protocol/conversations/frames.ts';
import type { WrittenContent } from '../../shared/protocol/messages/table.ts';
import type { Push } from '../../shared/protocol/table.ts';
import { recent } from '../../shared/runtime/recent.ts';
import type { Connection } from '../../shared/stores/connections/connection.ts';
import type { AfterLeaving, GroupHistory, Head } from '../../shared/stores/conversations/conversation.ts';
import { conversationEndStore } from '../../shared/stores/conversations/conversation-end-store.ts';
import { toFormer, toHead, toMember } from '../../shared/stores/conversations/conversation-item.ts';
import { conversationRowStore } from '../../shared/stores/conversations/conversation-row-store.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { formerMemberStore } from '../../shared/stores/conversations/former-member-store.ts';
import { replacedTitleStore } from '../../shared/stores/conversations/replaced-title-store.ts';
import type { Database } from '../../shared/stores/dynamodb/database.ts';
import { membershipChangeStore } from '../../shared/stores/membership-changes/membership-change-store.ts';
import type { Message } from '../../shared/stores/messages/message.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import type { Holds } from '../../shared/stores/privacy/holds.ts';
import { titleStore } from '../../shared/stores/profiles/title-store.ts';
import type { RetryJob } from '../../shared/stores/queue/retry-job.ts';
import { sendStore } from '../../shared/stores/sends/send-store.ts';
import { titleChangeStore } from '../../shared/stores/title-changes/title-change-store.ts';
import { epochMillis } from '../../shared/time.ts';
import { memoryDynamoDb } from '../promises/dynamodb/engine.ts';
import { amongHolds } from './hold-world.ts';
import { noLiveGroups } from './no-live-groups.ts';
import { openToAll } from './open-to-all.ts';
import { steadyRetention } from './steady-retention.ts';
import { direct, type Step } from './step.ts';
import { tableModels } from './store-tables.ts';

const conversationId = 'g-1';
const week = 604_800;
/** Long after the clocks of all who act. */
const now = () => epochMillis(1_000_000);

export type Pushed = { readonly userId: string; readonly push: Push };
export type MembersAct = Omit<MembersFrame, 'action' | 'conversationId'>;

const noHolds: Holds = { users: new Set(), conversations: new Set() };

/** A group of these people, the first of whom has made it, in the real stores on a table in memory. */
export async function membersWorld(
  people: readonly string[],
  settings: { readonly history: GroupHistory; readonly afterLeaving: AfterLeaving },
  groupMembers = 100,
  retentionSeconds = week,
) {
  const engine = memoryDynamoDb(tableModels('conversations', 'sends', 'messages', 'privacy', 'profiles'), {
    now,
  });
  const pushed: Pushed[] = [];
  const jobs: RetryJob[] = [];
  const busy = recent<true>(now);
  const sockets = new Map<string, Connection>();

  const socketOf = (userId: string): Connection => {
    const socket = sockets.get(userId) ?? {
      ...{ userId, connectionId: `${userId}-1`, connectedAt: epochMillis(0), consentedPolicy: 'mark' },
      expiresAt: 4e9 as Connection['expiresAt'],
    };
    sockets.set(userId, socket);
    return socket;
  };

  /** Told of every command in the very instant in which it has been carried out. */
  const watchers: ((command: { readonly input: object }) => void)[] = [];
  const databaseOf = (step: Step) =>
    ({
      send: async (command: Parameters<typeof engine.execute>[0]) =>
        step(() => {
          const result = engine.execute(command);
          for (const watch of watchers) watch(command);
          return result;
        }),
    }) as unknown as Database;

  function parts(step: Step) {
    const db = databaseOf(step);
    const conversations = {
      ...conversationStore(db, 'conversations', now),
      ...conversationRowStore(db, 'conversations', now),
      ...conversationEndStore(db, 'conversations'),
      ...formerMemberStore(db, 'conversations', now),
      markRecent: async () => undefined,
    };
    const tables = { conversations: 'conversations', sends: 'sends', messages: 'messages' };
    return {
      ...openToAll,
      conversations,
      changes: membershipChangeStore(db, tables, 0),
      messages: messageStore(db, 'messages'),
      sends: sendStore(db, 'sends'),
      recent: { mark: async () => undefined, unmark: async () => undefined },
      retention: steadyRetention(retentionSeconds, now),
      retentionSeconds,
      policyFingerprint: 'mark',
      connectionsPerUser: 10,
      metrics: { put: () => undefined },
      now,
      crowd: { busy, backoff: async () => step(() => undefined) },
      connections: {
        ...noLiveGroups,
        listByUsers: async (ids: readonly string[]) => step(() => ids.map(socketOf)),
        listNow: async () => [],
        remove: async () => undefined,
      },
      live: noLiveGroups,
      holds: { among: async () => ({ users: new Set<string>(), conversations: new Set<string>() }) },
      gateway: {
        push: async (connectionId: string, data: Uint8Array) =>
          step(() => {
            const push: Push = JSON.parse(new TextDecoder().decode(data));
            pushed.push({ userId: connectionId.replace(/-1$/, ''), push });
            return 'sent' as const;
          }),
        close: async () => undefined,
      },
      retries: { add: async (job: RetryJob) => step(() => void jobs.push(job)) },
      limits: { historyPage: 100 },
    };
  }

  function membersDeps(step: Step): ChangeMembersDeps {
    const made = parts(step);
    return {
      ...made,
      announce: announceChange(made),
      announceAgain: announceAgain(made),
      findEachOther: { before: async () => undefined, after: async () => undefined },
      unreadyAmong: async () => new Set(),
      invite: 'admins',
      groupMembers,
      titleSeconds: 0,
    };
  }

  const [owner = ''] = people;
  const head = { conversationId, kind: 'group', createdAt: now(), ...settings } as const;
  await parts(direct).conversations.create({ ...head, memberCount: people.length }, people, new Set(), owner);

  const rows = () => [...engine.items('conversations')];
  const ofKind = (kind: string) => rows().filter(({ entry }) => String(entry).startsWith(`${kind}#`));
  return {
    conversationId,
    engine,
    watchers,
    databaseOf,
    parts,
    pushed,
    jobs,
    change: async (step: Step, userId: string, act: MembersAct) =>
      changeMembers(
        membersDeps(step),
        { userId, connectionId: `${userId}-1` },
        { action: 'members', conversationId, ...act },
      ),
    send: async (
      step: Step,
      userId: string,
      id: string,
      content: WrittenContent = { type: 'text', text: id },
    ) =>
      sendMessage(
        parts(step),
        { userId, connectionId: `${userId}-1` },
        { action: 'send', id, conversationId, content },
      ),
    retitle: async (step: Step, userId: string, id: string, title: string | null, holds = noHolds) => {
      const made = parts(step);
      const tables = { conversations: 'conversations', sends: 'sends', messages: 'messages' };
      const titleTables = { ...tables, profiles: 'profiles' };
      const db = databaseOf(step);
      return changeTitle(
        {
          ...made,
          changes: { ...made.changes, ...titleChangeStore(db, titleTables, 0) },
          titles: {
            store: titleStore(db, 'profiles', 0),
            retention: steadyRetention(retentionSeconds, now),
            retentionSeconds,
          },
          replaced: replacedTitleStore(db, 'conversations'),
          holds: { among: async (asked) => step(() => amongHolds(holds, asked)) },
          limits: { titleBytes: 256 },
          announce: announceTitle(made),
        },
        userId,
        { id, conversationId, title },
      );
    },
    titles: () => [...engine.items('profiles')],
    replaced: () => ofKind('title'),
    /** What lies in the queue, as `retry-push` does it. */
    async retryAll() {
      await retryPushes(parts(direct), conversationId, jobs.splice(0));
    },
    history: async (userId: string) =>
      readHistory(parts(direct), userId, { action: 'history', id: 'h', conversationId }),
    head: (): Head => toHead(rows().find(({ entry }) => entry === 'head') ?? {}),
    members: () => ofKind('member').map(toMember),
    former: () => ofKind('former').map(toFormer),
    messages: (): readonly Message[] =>
      ([...engine.items('messages')] as unknown as Message[]).toSorted((one, other) => one.seq - other.seq),
  };
}

export type MembersWorld = Awaited<ReturnType<typeof membersWorld>>;

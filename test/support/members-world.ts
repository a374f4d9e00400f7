import { announceAgain, announceChange } from '../../shared/members/announce-change.ts';
import { announceTitle } from '../../shared/members/announce-title.ts';
import { type ChangeMembersDeps, changeMembers } from '../../shared/members/change-members.ts';
import { changeTitle } from '../../shared/members/change-title.ts';
import { findEachOther } from '../../shared/members/find-each-other.ts';
import { readHistory } from '../../shared/messages/read-history.ts';
import { retryPushes } from '../../shared/messages/retry-pushes.ts';
import { sendMessage } from '../../shared/messages/send-message.ts';
import type { MembersFrame } from '../../shared/protocol/conversations/frames.ts';
import type { WrittenContent } from '../../shared/protocol/messages/table.ts';
import { isSenderId } from '../../shared/protocol/sender-id.ts';
import type { Push } from '../../shared/protocol/table.ts';
import { joinGroups } from '../../shared/push/join-groups.ts';
import { notedUntil } from '../../shared/push/stay-live.ts';
import { recent } from '../../shared/runtime/recent.ts';
import type { Connection } from '../../shared/stores/connections/connection.ts';
import {
  type AfterLeaving,
  type GroupHistory,
  type Head,
  isLargeGroup,
} from '../../shared/stores/conversations/conversation.ts';
import { conversationEndStore } from '../../shared/stores/conversations/conversation-end-store.ts';
import { toFormer, toHead, toMember } from '../../shared/stores/conversations/conversation-item.ts';
import { conversationRowStore } from '../../shared/stores/conversations/conversation-row-store.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { formerMemberStore } from '../../shared/stores/conversations/former-member-store.ts';
import { replacedTitleStore } from '../../shared/stores/conversations/replaced-title-store.ts';
import type { Database } from '../../shared/stores/dynamodb/database.ts';
import { liveShardsFor } from '../../shared/stores/live/live-shard.ts';
import { liveStore } from '../../shared/stores/live/live-store.ts';
import { membershipChangeStore } from '../../shared/stores/membership-changes/membership-change-store.ts';
import type { Message } from '../../shared/stores/messages/message.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { recentStore } from '../../shared/stores/personal/recent-store.ts';
import type { Holds } from '../../shared/stores/privacy/holds.ts';
import { titleStore } from '../../shared/stores/profiles/title-store.ts';
import type { RetryJob } from '../../shared/stores/queue/retry-job.ts';
import { sendStore } from '../../shared/stores/sends/send-store.ts';
import { transientSendStore } from '../../shared/stores/sends/transient-send-store.ts';
import { titleChangeStore } from '../../shared/stores/title-changes/title-change-store.ts';
import { epochMillis } from '../../shared/time.ts';
import { sendTransientMessage } from '../../shared/transient/send-transient-message.ts';
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

export type Pushed = { readonly userId: string; readonly connectionId: string; readonly push: Push };
/** Who has a socket, where not everybody does: then a large group looks for them by its rows. */
export type WorldOptions = { readonly sockets?: readonly string[]; readonly stored?: boolean };
export type MembersAct = Omit<MembersFrame, 'action' | 'conversationId'>;

const noHolds: Holds = { users: new Set(), conversations: new Set() };

/** A group of these people, the first of whom has made it, in the real stores on a table in memory. */
export async function membersWorld(
  people: readonly string[],
  settings: { readonly history: GroupHistory; readonly afterLeaving: AfterLeaving },
  groupMembers = 100,
  retentionSeconds = week,
  { sockets: opened, stored = true }: WorldOptions = {},
) {
  const names = [
    'conversations',
    'sends',
    'messages',
    'changes',
    'live',
    'personal',
    'privacy',
    'profiles',
    'uploads',
  ] as const;
  const engine = memoryDynamoDb(tableModels(...names), { now });
  const pushed: Pushed[] = [];
  const jobs: RetryJob[] = [];
  const busy = recent<true>(now);
  const connectionOf = (userId: string, device = 1): Connection => ({
    ...{ userId, connectionId: `${userId}-${device}`, connectedAt: epochMillis(0), consentedPolicy: 'mark' },
    expiresAt: 4e9 as Connection['expiresAt'],
  });
  const open = opened?.map((userId) => connectionOf(userId));
  const socketsOf = (userIds: readonly string[]): readonly Connection[] =>
    open === undefined
      ? userIds.map((userId) => connectionOf(userId))
      : open.filter(({ userId }) => userIds.includes(userId));

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
    };
    const tables = {
      ...{ conversations: 'conversations', sends: 'sends' },
      messages: stored ? 'messages' : undefined,
    };
    const live = open === undefined ? noLiveGroups : liveStore(db, 'live');
    return {
      ...openToAll,
      conversations,
      changes: membershipChangeStore(db, tables, 0),
      messages: messageStore(db, 'messages'),
      sends: {
        ...sendStore(db, 'sends'),
        ...transientSendStore(db, { sends: 'sends', conversations: 'conversations' }),
      },
      recent: recentStore(db, 'personal'),
      recentJobs: { add: async () => step(() => undefined) },
      retention: steadyRetention(retentionSeconds, now),
      retentionSeconds,
      policyFingerprint: 'mark',
      connectionsPerUser: 10,
      metrics: { put: () => undefined },
      now,
      crowd: { busy, backoff: async () => step(() => undefined) },
      connections: {
        ...noLiveGroups,
        listByGroup: live.listByGroup,
        listByUsers: async (ids: readonly string[]) => step(() => socketsOf(ids)),
        listNow: async (ids: readonly string[]) => step(() => (open === undefined ? [] : socketsOf(ids))),
        remove: async () => undefined,
      },
      live,
      holds: { among: async () => ({ users: new Set<string>(), conversations: new Set<string>() }) },
      gateway: {
        push: async (connectionId: string, data: Uint8Array) =>
          step(() => {
            const push: Push = JSON.parse(new TextDecoder().decode(data));
            pushed.push({ userId: connectionId.replace(/-\d$/, ''), connectionId, push });
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
      messages: stored ? made.messages : undefined,
      announce: announceChange({ ...made, retries: stored ? made.retries : undefined }),
      announceAgain: announceAgain({ ...made, retries: stored ? made.retries : undefined }),
      findEachOther: findEachOther(made),
      unreadyAmong: async () => new Set(),
      invite: 'admins',
      groupMembers,
      titleSeconds: 0,
    };
  }

  const [owner = ''] = people;
  const head = { conversationId, kind: 'group', createdAt: now(), ...settings } as const;
  const made = parts(direct);
  const isLarge = open !== undefined && isLargeGroup(people);
  const group = { conversationId, shards: liveShardsFor(people.length) };
  const liveShards = isLarge ? { liveShards: group.shards } : {};
  await made.conversations.create(
    { ...head, memberCount: people.length, ...liveShards },
    people,
    new Set(),
    owner,
  );
  if (isLarge)
    await joinGroups(made, socketsOf(people), await made.live.noteGroups(people, [group], notedUntil(now)));

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
        { userId, connectionId: `${userId}-1`, ...(isSenderId(userId) && { asOperator: true as const }) },
        { action: 'members', conversationId, ...act },
      ),
    send: async (
      step: Step,
      userId: string,
      id: string,
      content: WrittenContent = { type: 'text', text: id },
    ) =>
      (stored ? sendMessage : sendTransientMessage)(
        { ...parts(step), beginHandover: undefined, review: undefined },
        { userId, connectionId: `${userId}-1` },
        { action: 'send', id, conversationId, content },
      ),
    /** Another device of theirs, as `connect` registers it. */
    async connect(step: Step, userId: string, device: number) {
      const connection = connectionOf(userId, device);
      const { live } = parts(step);
      await step(() => void open?.push(connection));
      await live.join([connection], await live.groupsOf(userId, 100));
    },
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
        isSenderId(userId),
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
    /** Whose lists have the group. */
    marked: () => new Set([...engine.items('personal')].map(({ userId }) => String(userId))),
    /** The rows by which the group finds connections. */
    liveRows: () => [...engine.items('live')].filter(({ userId }) => userId !== undefined),
    former: () => ofKind('former').map(toFormer),
    messages: (): readonly Message[] =>
      ([...engine.items('messages')] as unknown as Message[]).toSorted((one, other) => one.seq - other.seq),
  };
}

export type MembersWorld = Awaited<ReturnType<typeof membersWorld>>;

import type { ApplyHoldDeps } from '../../shared/holds/apply-hold.ts';
import type { SendMessageDeps } from '../../shared/messages/message-builder.ts';
import type { PurgeConversationDeps } from '../../shared/retention/purge-conversation.ts';
import { recent } from '../../shared/runtime/recent.ts';
import type { Connection } from '../../shared/stores/connections/connection.ts';
import type { Head, Member } from '../../shared/stores/conversations/conversation.ts';
import type { ConversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import type { Message } from '../../shared/stores/messages/message.ts';
import type { MessageStore } from '../../shared/stores/messages/message-store.ts';
import type { RetryJob } from '../../shared/stores/queue/retry-job.ts';
import { epochMillis } from '../../shared/time.ts';
import { holdWorld } from './hold-world.ts';
import { type ConversationRows, memoryConversationStore } from './memory-conversation-store.ts';
import { memoryMessageStore, type StoredMessage } from './memory-message-store.ts';
import { memoryRecentStore, type RecentRows } from './memory-recent-store.ts';
import { memorySendStore, type SendRows } from './memory-send-store.ts';
import { noVersions } from './no-changes.ts';
import { noLiveGroups, noWatches } from './no-live-groups.ts';
import { openToAll } from './open-to-all.ts';
import { steadyRetention } from './steady-retention.ts';
import type { Step } from './step.ts';

/** DynamoDB ends a page at 1 MB, whatever limit was asked for: here nearly at once. */
const sendPage = 1;
const headerPage = 2;

const theConversation = `d-${'c'.repeat(32)}`;

export { theConversation as conversationId };

/** One conversation of alice and bob, in memory, with the consistency that DynamoDB gives to single items. */
export function messageWorld(
  conversationId = theConversation,
  rows: Map<string, ConversationRows> = new Map(),
) {
  const messages = new Map<number, StoredMessage>();
  const claims: SendRows = new Map();
  const jobs: RetryJob[] = [];
  /** Stored without a time to live. */
  const timeless = new Set<number>();
  const holds = holdWorld();
  const pushed: { readonly connectionId: string; readonly seq: number }[] = [];
  const head: Head = {
    conversationId,
    kind: 'direct',
    createdAt: epochMillis(0),
    lastSeq: 0,
    lastSentAt: 0,
    retryMarks: [],
  };
  const members = new Map<string, Member>([
    // Who has opened it.
    ['alice', { userId: 'alice', readSeq: 0, engaged: true }],
    ['bob', { userId: 'bob', readSeq: 0 }],
  ]);
  rows.set(conversationId, { head, members });
  /** One environment for all, which forgets nothing. */
  const busy = recent<true>(() => epochMillis(0));
  const marks: RecentRows = new Map();
  const connections: Connection[] = [...members.keys()].map((userId) => ({
    userId,
    connectionId: `${userId}-1`,
    connectedAt: epochMillis(0),
    expiresAt: 4e9 as Connection['expiresAt'],
    consentedPolicy: 'mark',
  }));

  const store = (step: Step, pageSize: number) =>
    memoryMessageStore(() => ({ messages, timeless, claims }), { step, pageSize });

  const conversations = (step: Step, now: () => number) =>
    memoryConversationStore(rows, { step, now: () => epochMillis(now()) });

  type Deps = SendMessageDeps & {
    readonly messages: MessageStore;
    readonly conversations: ConversationStore;
  };

  function deps(step: Step, now: () => number): Deps {
    return {
      retentionSeconds: 604_800,
      retention: steadyRetention(604_800, now),
      ...openToAll,
      policyFingerprint: 'mark',
      connectionsPerUser: 10,
      metrics: { put: () => undefined },
      review: undefined,
      now: () => epochMillis(now()),
      crowd: { busy, backoff: async () => step(() => undefined) },
      messages: store(step, sendPage),
      recent: memoryRecentStore(marks, step),
      recentJobs: undefined,
      sends: memorySendStore({ of: () => claims, all: () => [claims] }, { step }),
      conversations: conversations(step, now),
      connections: {
        listByGroup: async () => [],
        listByUsers: async (userIds) =>
          step(() => connections.filter(({ userId }) => userIds.includes(userId))),
        remove: async () => step(() => undefined),
      },
      gateway: {
        push: async (connectionId, data) =>
          step(() => {
            pushed.push({ connectionId, seq: JSON.parse(new TextDecoder().decode(data)).message.seq });
            return 'sent' as const;
          }),
        close: async () => step(() => undefined),
      },
      retries: { add: async (job) => step(() => void jobs.push(job)) },
    };
  }

  function remove(seq: number): void {
    messages.delete(seq);
    timeless.delete(seq);
  }

  function purgeDeps(
    step: Step,
    now: () => number,
    retention = steadyRetention(604_800, now),
  ): PurgeConversationDeps {
    return {
      retention,
      now: () => epochMillis(now()),
      isOver: () => false,
      holds: holds.deps(step),
      messages: store(step, headerPage),
      conversations: conversations(step, now),
    };
  }

  function holdDeps(step: Step, now: () => number): ApplyHoldDeps {
    return {
      now: () => epochMillis(now()),
      isOver: () => false,
      holds: holds.deps(step),
      work: { add: async () => step(() => undefined) },
      reactions: undefined,
      media: undefined,
      profiles: undefined,
      titles: undefined,
      live: noLiveGroups,
      watches: noWatches,
      conversations: conversations(step, now),
      messages: { ...store(step, headerPage), ...noVersions },
    };
  }

  /** As DynamoDB does it: by the attribute alone, asking nobody. */
  function sweepByTimeToLive(now: number): readonly Message[] {
    const gone = [...messages.values()].filter(
      ({ seq, expiresAt }) => !timeless.has(seq) && expiresAt * 1000 <= now,
    );
    for (const { seq } of gone) remove(seq);
    return gone;
  }

  const headNow = (): Head => rows.get(conversationId)?.head ?? head;
  const heldMembers = (): readonly string[] =>
    [...members.values()].flatMap(({ userId, held }) => (held ? [userId] : []));

  const world = { messages, claims, jobs, pushed, timeless, rows, members, holds };
  return { ...world, deps, purgeDeps, holdDeps, sweepByTimeToLive, head: headNow, heldMembers };
}

import type { ApplyHoldDeps } from '../../shared/holds/apply-hold.ts';
import type { SendMessageDeps } from '../../shared/messages/message-builder.ts';
import type { PurgeConversationDeps } from '../../shared/retention/purge-conversation.ts';
import type { Connection } from '../../shared/stores/connections/connection.ts';
import type { Head } from '../../shared/stores/conversations/conversation.ts';
import type { ConversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import type { Message } from '../../shared/stores/messages/message.ts';
import type { MessageStore } from '../../shared/stores/messages/message-store.ts';
import type { RetryJob } from '../../shared/stores/queue/retry-job.ts';
import { type EpochSeconds, epochMillis } from '../../shared/time.ts';
import { holdWorld } from './hold-world.ts';
import { memoryMessageStore, type StoredMessage } from './memory-message-store.ts';
import { memorySendStore, type SendRows } from './memory-send-store.ts';
import { steadyRetention } from './steady-retention.ts';
import type { Step } from './step.ts';

/** DynamoDB ends a page at 1 MB, whatever limit was asked for: here nearly at once. */
const sendPage = 1;
const headerPage = 2;

const theConversation = `d-${'c'.repeat(32)}`;

export { theConversation as conversationId };

/** One conversation of alice and bob, in memory, with the consistency that DynamoDB gives to single items. */
export function messageWorld(conversationId = theConversation) {
  const messages = new Map<number, StoredMessage>();
  const claims: SendRows = new Map();
  const jobs: RetryJob[] = [];
  /** Stored without a time to live. */
  const timeless = new Set<number>();
  const markedMembers = new Set<string>();
  /** Alice has opened it. */
  const engaged = new Set(['alice']);
  const holds = holdWorld();
  const pushed: { readonly connectionId: string; readonly seq: number }[] = [];
  let head: Head = {
    conversationId,
    kind: 'direct',
    createdAt: epochMillis(0),
    lastSeq: 0,
    lastSentAt: 0,
    retryMarks: [],
  };
  const members = new Map(['alice', 'bob'].map((userId) => [userId, {}]));
  const connections: Connection[] = [...members.keys()].map((userId) => ({
    userId,
    connectionId: `${userId}-1`,
    connectedAt: epochMillis(0),
    expiresAt: 4e9 as Connection['expiresAt'],
    consentedPolicy: 'mark',
  }));

  const store = (step: Step, pageSize: number) =>
    memoryMessageStore(() => ({ messages, timeless, claims }), { step, pageSize });

  type Deps = SendMessageDeps & {
    readonly messages: MessageStore;
    readonly conversations: Pick<ConversationStore, 'readMember' | 'readHead' | 'keepMember'>;
  };

  function deps(step: Step, now: () => number): Deps {
    return {
      retentionSeconds: 604_800,
      retention: steadyRetention(604_800, now),
      policyFingerprint: 'mark',
      connectionsPerUser: 10,
      metrics: { put: () => undefined },
      now: () => epochMillis(now()),
      backoff: async () => step(() => undefined),
      messages: store(step, sendPage),
      sends: memorySendStore({ of: () => claims, all: () => [claims] }, { step }),
      conversations: {
        readMember: async (_id, userId) => step(() => (members.has(userId) ? memberOf(userId) : undefined)),
        readHead: async () => step(() => head),
        // Everybody has come.
        keepHead: async () => step(() => undefined),
        keepMember: async () => step(() => undefined),
        prolongMember: async () => step(() => undefined),
        markEngaged: async (_id, userId) => step(() => void (members.has(userId) && engaged.add(userId))),
        read: async () =>
          step(() => ({
            head,
            members: new Map([...members.keys()].map((userId) => [userId, memberOf(userId)])),
          })),
        advanceLastSeq: async ({ seq, sentAt, expiresAt }) =>
          step(() => {
            if (head.lastSeq < seq)
              head = { ...head, lastSeq: seq, lastSentAt: sentAt, lastExpiresAt: expiresAt };
          }),
        // As in the store: a write each, so that others come in between.
        scheduleExpiry: async (_id, { mixedUntil, expiresAt, sentAt }) => {
          const changed = (change: Partial<Head>) => {
            head = { ...head, ...change, purgeRevision: (head.purgeRevision ?? 0) + 1 };
          };
          await step(() => {
            const { drainingSince: _over, ...rest } = head;
            const { nextPurgeAt = expiresAt, purgeFrom = sentAt } = head;
            head = rest;
            changed({ purgeShard: '0', nextPurgeAt, purgeFrom });
          });
          if (mixedUntil === undefined) return;
          await step(() => {
            if (head.nextPurgeAt !== undefined && head.nextPurgeAt > expiresAt)
              changed({ nextPurgeAt: expiresAt });
          });
          await step(() => {
            if (head.mixedUntil === undefined || head.mixedUntil < mixedUntil) changed({ mixedUntil });
          });
        },
        markRetry: async (_id, mark) =>
          step(() => {
            const others = head.retryMarks.filter(({ userId }) => userId !== mark.userId);
            head = { ...head, retryMarks: [...others, mark] };
            return head;
          }),
        clearRetries: async (_id, marks) =>
          step(() => {
            const gone = new Set(marks.map(({ userId, at }) => `${userId} ${at}`));
            head = {
              ...head,
              retryMarks: head.retryMarks.filter((mark) => !gone.has(`${mark.userId} ${mark.at}`)),
            };
          }),
      },
      connections: {
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

  function memberOf(userId: string) {
    const held = markedMembers.has(userId) && ({ held: true } as const);
    return { userId, readSeq: 0, ...held, ...(engaged.has(userId) && { engaged: true as const }) };
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
      conversations: {
        ...deps(step, now).conversations,
        readHead: async () => step(() => head),
        replacePurgeMark: async ({ purgeRevision = 0 }, next) =>
          step(() => {
            if (head.purgeRevision !== purgeRevision) return false;
            const { purgeShard, nextPurgeAt, purgeFrom, drainingSince, ...rest } = head;
            const { mixedUntil, settledSeq, settledAt, ...kept } = rest;
            head = { ...kept, ...next, purgeRevision: purgeRevision + 1 };
            return true;
          }),
      },
    };
  }

  function holdDeps(step: Step, now: () => number): ApplyHoldDeps {
    return {
      now: () => epochMillis(now()),
      isOver: () => false,
      holds: holds.deps(step),
      work: { add: async () => step(() => undefined) },
      media: undefined,
      profiles: undefined,
      conversations: {
        listIds: async (_userId, _limit, after) =>
          step(() => ({ ids: after === undefined ? [conversationId] : [] })),
        holdConversation: async () =>
          step(() => {
            const { purgeShard, nextPurgeAt, purgeFrom, drainingSince, purgeRevision = 0, ...rest } = head;
            head = { ...rest, held: true, purgeRevision: purgeRevision + 1 };
          }),
        releaseConversation: async (_id, at) =>
          step(() => {
            const {
              held,
              drainingSince,
              purgeFrom = epochMillis(at * 1000),
              purgeRevision = 0,
              ...rest
            } = head;
            const mixedUntil = (at + 86_400) as EpochSeconds;
            const armed = { purgeShard: '0', nextPurgeAt: at, purgeFrom, releasedAt: at, mixedUntil };
            head = { ...rest, ...armed, purgeRevision: purgeRevision + 1 };
          }),
        setMemberEndHeld: async () => step(() => undefined),
        listMemberIds: async () => step(() => [...members.keys()]),
        setMemberHeld: async (_id, userId, held) =>
          step(() => void (held ? markedMembers.add(userId) : markedMembers.delete(userId))),
      },
      messages: store(step, headerPage),
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

  const world = { messages, claims, jobs, pushed, timeless, members, engaged, markedMembers, holds };
  return { ...world, deps, purgeDeps, holdDeps, sweepByTimeToLive, head: () => head };
}

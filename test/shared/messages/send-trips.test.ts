import { asMember } from '../../../shared/conversations/as-member.ts';
import { crowd } from '../../../shared/messages/crowd.ts';
import { readAhead, remembering } from '../../../shared/messages/read-ahead.ts';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import { connectionStore } from '../../../shared/stores/connections/connection-store.ts';
import { consentAndSocketsStore } from '../../../shared/stores/consents/consent-and-sockets-store.ts';
import { policyFingerprint } from '../../../shared/stores/consents/consent-entry.ts';
import { consentStore } from '../../../shared/stores/consents/consent-store.ts';
import { conversationEndStore } from '../../../shared/stores/conversations/conversation-end-store.ts';
import { conversationRowStore } from '../../../shared/stores/conversations/conversation-row-store.ts';
import { conversationStore } from '../../../shared/stores/conversations/conversation-store.ts';
import { connectedStore } from '../../../shared/stores/live/connected-store.ts';
import { liveShardsFor } from '../../../shared/stores/live/live-shard.ts';
import { liveStore } from '../../../shared/stores/live/live-store.ts';
import { messageStore } from '../../../shared/stores/messages/message-store.ts';
import { sendStore } from '../../../shared/stores/sends/send-store.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { memoryRecentStore } from '../../support/memory-recent-store.ts';
import { noWatches } from '../../support/no-live-groups.ts';
import { openToAll } from '../../support/open-to-all.ts';
import { steadyRetention } from '../../support/steady-retention.ts';
import { type StoreTables, storeTables } from '../../support/store-tables.ts';
import { tripCounter } from '../../support/trip-counter.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('conversations', 'messages', 'sends', 'consents', 'connections', 'live');
});
afterAll(async () => tables?.close());

const start = 1_800_000_000_000;
const now = () => epochMillis(start);
const policy = { version: '1', digest: 'digest' };
const retentionSeconds = 3_600;
const socketOf = (userId: string) => ({
  userId,
  connectionId: `${userId}=`,
  connectedAt: now(),
  expiresAt: (start / 1000 + 3_600) as EpochSeconds,
  consentedPolicy: policyFingerprint(policy),
});

/** What an execution environment of `send` has, with every call on its way counted, and who is pushed to. */
function environment() {
  const counter = tripCounter(tables.db);
  const { db } = counter;
  const ledger = consentStore(db, 'consents');
  const consentAndSockets = consentAndSocketsStore(db, { consents: 'consents', connections: 'connections' });
  const ahead = readAhead({ ledger, consentAndSockets, policy, now });
  const rows = conversationRowStore(db, 'conversations', now);
  const conversations = {
    ...conversationStore(db, 'conversations', now),
    ...rows,
    ...conversationEndStore(db, 'conversations'),
  };
  const tripsBeforePosts: number[] = [];
  const deps = {
    conversations: remembering(conversations, ahead.remember),
    messages: messageStore(db, 'messages'),
    sends: sendStore(db, 'sends'),
    connections: connectedStore(connectionStore(db, 'connections'), liveStore(db, 'live'), noWatches),
    gateway: {
      async push() {
        tripsBeforePosts.push(counter.trips());
        return 'sent' as const;
      },
      close: async () => undefined,
    },
    retries: { add: async () => undefined },
    crowd: crowd(now, async () => undefined),
    recent: memoryRecentStore(),
    recentJobs: { add: async () => undefined },
    retention: steadyRetention(retentionSeconds, now),
    retentionSeconds,
    connectionsPerUser: 10,
    ...openToAll,
    policyFingerprint: policyFingerprint(policy),
    metrics: { put: () => undefined },
    now,
  };
  const member = asMember({ conversations: rows, now });
  return {
    /** As the function does: the consent, the membership and the message side by side where nothing has to wait. */
    async send(conversationId: string, id: string) {
      counter.reset();
      tripsBeforePosts.length = 0;
      const looked = ahead.look('user-0', conversationId);
      const consented = looked.then((found) => found.ahead);
      const frame = { action: 'send', id, conversationId, content: { type: 'text', text: id } } as const;
      const sender = { userId: 'user-0', connectionId: 'another-device' };
      await member(
        'user-0' === sender.userId ? conversationId : '',
        sender.userId,
        async () => sendMessage({ ...deps, review: undefined, consented }, sender, frame),
        consented,
      );
      return { posts: tripsBeforePosts.length, trips: Math.max(...tripsBeforePosts), inAll: counter.trips() };
    },
  };
}

async function conversationOf(size: number): Promise<string> {
  const conversationId = `g-${size}`;
  const members = Array.from({ length: size }, (_, index) => `user-${index}`);
  const conversations = conversationStore(tables.db, 'conversations', now);
  const large = size > 32;
  const kind = size === 2 ? 'direct' : 'group';
  const shards = liveShardsFor(size);
  await conversations.create(
    {
      ...({ conversationId, kind, createdAt: now() } as const),
      ...(large && { liveShards: shards }),
    },
    members,
    new Set(),
  );
  const sockets = members.slice(0, 5).map(socketOf);
  const connections = connectionStore(tables.db, 'connections');
  for (const socket of sockets) await connections.add(socket, (start / 1000) as EpochSeconds);
  const notes = sockets.map(({ userId }) => ({ userId, conversationId, shards }));
  if (large) await liveStore(tables.db, 'live').join(sockets, notes);
  return conversationId;
}

test.each([2, 5, 50, 500])(
  'among %i people the posts leave after two trips, and after three or four for the first frame of an environment',
  async (size) => {
    const conversationId = await conversationOf(size);
    const ledger = consentStore(tables.db, 'consents');
    const entry = {
      ...({ userId: 'user-0', entry: 1, decision: 'granted', purpose: 'chat' } as const),
      policyVersion: policy.version,
      policyDigest: policy.digest,
      decidedAt: now(),
    };
    await ledger.append(entry).catch(() => undefined);
    const { send } = environment();
    const posts = Math.min(size, 5);
    await environment().send(conversationId, 'marks-what-is-to-be-marked-once');
    // Of a direct conversation nobody knows who the other one is, whose consent is looked at before anything is placed.
    const isDirect = size === 2 ? 1 : 0;
    expect(await send(conversationId, 'first')).toEqual({ posts, trips: 3 + isDirect, inAll: 4 + isDirect });
    expect(await send(conversationId, 'second')).toEqual({ posts, trips: 2, inAll: 3 });
  },
);

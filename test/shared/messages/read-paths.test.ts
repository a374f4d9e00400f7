import fc from 'fast-check';
import { listConversations } from '../../../shared/conversations/list-conversations.ts';
import { readHistory } from '../../../shared/messages/read-history.ts';
import { retryPushes } from '../../../shared/messages/retry-pushes.ts';
import { searchMessages } from '../../../shared/messages/search-messages.ts';
import type { Message } from '../../../shared/stores/messages/message.ts';
import type { MessageStore } from '../../../shared/stores/messages/message-store.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { memoryListedMessageStore } from '../../support/memory-listed-message-store.ts';
import { memoryMessageStore } from '../../support/memory-message-store.ts';
import { memoryRecentStore } from '../../support/memory-recent-store.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

/** Nothing deletes here: no time to live, no sweeper. Only the clock tells what may be read. */
const conversationId = `d-${'c'.repeat(32)}`;
const start = 1_800_000_000_000;

type Sent = { readonly gap: number; readonly stamped: number };

const sent = fc.array(fc.record({ gap: fc.nat(20_000), stamped: fc.integer({ min: 1, max: 60 }) }), {
  minLength: 1,
  maxLength: 8,
});

function stored(all: readonly Sent[]): readonly Message[] {
  let sentAt = start;
  return all.map(({ gap, stamped }, index) => {
    sentAt += gap;
    return {
      conversationId,
      seq: index + 1,
      id: `m${index}`,
      from: 'alice',
      sentAt: epochMillis(sentAt),
      expiresAt: Math.floor(sentAt / 1000 + stamped) as EpochSeconds,
      content: { type: 'text', text: `words ${index + 1}` },
    };
  });
}

/** So far a list looks back for a message that can be read. */
const lookedBack = 20;

/** Worked out on its own, in the words of the promise. */
function endOf({ sentAt, expiresAt }: Message, presentSeconds: number): number {
  return Math.min(expiresAt * 1000, Math.floor((sentAt + presentSeconds * 1000) / 1000) * 1000);
}

function storeOf(all: readonly Message[], pageSize: number): MessageStore {
  const messages = new Map(all.map((message) => [message.seq, message]));
  const rows = { messages, timeless: new Set<number>(), claims: new Map() };
  return memoryMessageStore(() => rows, { pageSize });
}

type World = { readonly messages: readonly Message[]; readonly present: number; readonly pageSize: number };

/** What each read path gives at that instant. */
async function readEverything({ messages, present, pageSize }: World, now: number) {
  const lastSeq = messages.length;
  const head = {
    conversationId,
    kind: 'direct' as const,
    createdAt: epochMillis(start),
    lastSeq,
    lastSentAt: messages.at(-1)?.sentAt ?? 0,
    retryMarks: [],
  };
  const member = { userId: 'bob', readSeq: 0 };
  const pushed: number[] = [];
  const deps = {
    messages: storeOf(messages, pageSize),
    conversations: {
      readFormer: async () => undefined,
      readMember: async () => member,
      readHead: async () => head,
      keepMember: async () => undefined,

      read: async () => ({ head, members: new Map([['bob', member]]) }),
    },
    limits: { historyPage: 3 },
    retries: { add: async () => undefined },
    policyFingerprint: 'mark',
    connectionsPerUser: 10,
    metrics: { put: () => undefined },
    retention: steadyRetention(present, () => now),
    now: () => epochMillis(now),
    connections: {
      listByGroup: async () => [],
      listByUsers: async () => [
        {
          userId: 'bob',
          connectionId: 'bob-1',
          connectedAt: epochMillis(0),
          expiresAt: 4e9 as EpochSeconds,
          consentedPolicy: 'mark',
        },
      ],
      remove: async () => undefined,
    },
    gateway: {
      push: async (_connection: string, data: Uint8Array) => {
        pushed.push(JSON.parse(new TextDecoder().decode(data)).message.seq);
        return 'sent' as const;
      },
      close: async () => undefined,
    },
  };
  const frame = { action: 'history' as const, id: 'h', conversationId };
  const seqs: Record<'forward' | 'back' | 'latest' | 'found', number[]> = {
    ...{ forward: [], back: [], latest: [], found: [] },
  };
  const firsts: number[] = [];
  let idle = 0;
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page = await readHistory(deps, 'bob', { ...frame, after });
    if (after > 0 && page.messages.length === 0) idle += 1;
    seqs.forward.push(...page.messages.map(({ seq }) => seq));
    firsts.push(page.firstSeq);
    after = page.next;
  }
  for (let before: number | undefined = lastSeq + 1; before !== undefined; ) {
    const page = await readHistory(deps, 'bob', { ...frame, before });
    if (before <= lastSeq && page.messages.length === 0) idle += 1;
    seqs.back.unshift(...page.messages.map(({ seq }) => seq));
    firsts.push(page.firstSeq);
    before = page.next;
  }
  for (let before: number | undefined = lastSeq + 1; before !== undefined; ) {
    const sought = { ...frame, action: 'search' as const, text: 'words', before };
    const page = await searchMessages(deps, 'bob', sought);
    seqs.found.unshift(...page.messages.map(({ seq }) => seq).toReversed());
    before = page.next;
  }
  const latest = await readHistory(deps, 'bob', frame);
  seqs.latest.push(...latest.messages.map(({ seq }) => seq));
  firsts.push(latest.firstSeq);
  for (const { seq } of messages) await retryPushes(deps, conversationId, [{ conversationId, seq }]);
  const conversations = {
    listIds: async () => ({ ids: [conversationId] }),
    keepMember: async () => undefined,
    stripTitle: async () => undefined,
    readListed: async () => ({
      ...{ head: { ...head, nextPurgeAt: 1 as EpochSeconds }, member, memberCount: 2 },
    }),
  };
  const rows = new Map(messages.map((message) => [message.seq, message]));
  const hello = await listConversations(
    {
      ...{ ...deps, conversations, titles: undefined, pageSize: 10, stayLive: async () => undefined },
      messages: memoryListedMessageStore(() => rows),
      recent: memoryRecentStore(),
      blocks: { list: async () => ({ blocked: [] }) },
      settings: { read: async () => undefined },
    },
    'bob',
    {},
  );
  const [{ lastMessage, ...entry } = { lastMessage: undefined }] = hello.conversations;
  return {
    ...seqs,
    firsts,
    idle,
    pushed,
    lastMessage,
    entry: JSON.stringify(entry),
    lastSeq: latest.lastSeq,
  };
}

test('a message is on every read path the millisecond before it expires, and on none at that instant', async () => {
  await fc.assert(
    fc.asyncProperty(
      sent,
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 4 }),
      fc.nat(),
      async (all, present, pageSize, pick) => {
        const messages = stored(all);
        const chosen = messages[pick % messages.length]!;
        const end = endOf(chosen, present);
        for (const now of [end - 1, end]) {
          const visible = messages.filter((message) => now < endOf(message, present)).map(({ seq }) => seq);
          expect(visible.includes(chosen.seq)).toBe(now < end);
          const read = await readEverything({ messages, present, pageSize }, now);
          expect(read).toMatchObject({
            forward: visible,
            back: visible,
            found: visible,
            latest: visible.slice(-3),
            pushed: visible,
            // `next` leads to a page that has something in it.
            idle: 0,
          });
          for (const first of read.firsts) expect(first).toBe(visible[0] ?? messages.length + 1);
          expect(read.lastSeq).toBe(messages.length);
          // Of what was written the list has the newest that can be read; beside it numbers, and none of the sweeper's notes.
          const newest = visible.at(-1);
          if (newest === undefined || newest > messages.length - lookedBack)
            expect(read.lastMessage?.seq).toBe(newest);
          if (read.lastMessage !== undefined) {
            const { seq, preview, expiresAt } = read.lastMessage;
            expect(visible).toContain(seq);
            expect(preview).toBe(`words ${seq}`);
            expect(expiresAt * 1000).toBe(endOf(messages[seq - 1]!, present));
          }
          expect(read.entry).not.toMatch(/words|content|nextPurgeAt/);
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('a longer retention brings back nothing that had expired', async () => {
  await fc.assert(
    fc.asyncProperty(sent, fc.integer({ min: 1, max: 60 }), async (all, more) => {
      const messages = stored(all);
      const now = Math.max(...messages.map(({ expiresAt }) => expiresAt * 1000));
      const read = await readEverything({ messages, present: 60 + more, pageSize: 2 }, now);
      expect(read).toMatchObject({ forward: [], back: [], latest: [], pushed: [] });
    }),
    { numRuns: 50 },
  );
});

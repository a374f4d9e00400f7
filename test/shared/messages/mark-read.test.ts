import * as fc from 'fast-check';
import { markRead } from '../../../shared/messages/mark-read.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import type { Connection } from '../../../shared/stores/connections/connection.ts';
import type { Member } from '../../../shared/stores/conversations/conversation.ts';
import type { MessageHeader } from '../../../shared/stores/messages/message-header.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';

const conversationId = `g-${'a'.repeat(32)}`;

const connection = (connectionId: string): Connection => ({
  userId: connectionId.split('-')[0] ?? '',
  connectionId,
  connectedAt: epochMillis(0),
  expiresAt: 4e9 as EpochSeconds,
  consentedPolicy: 'mark',
});

/** A group of alice, bob and carol, who has withdrawn: her sockets are muted. The others have a phone and a desk. */
function world({ lastSeq = 5, storedSeq = 0, stored = true } = {}) {
  const members = new Map<string, Member>(
    ['alice', 'bob', 'carol'].map((userId) => [userId, { userId, readSeq: 0 }]),
  );
  const pushed: { to: string; seq: number; by: string }[] = [];
  const head = {
    conversationId,
    kind: 'group' as const,
    createdAt: epochMillis(0),
    lastSeq,
    lastSentAt: 0,
    retryMarks: [],
  };
  const deps = {
    policyFingerprint: 'mark',
    connectionsPerUser: 10,
    metrics: { put: () => undefined },
    authors: undefined,
    now: () => epochMillis(1),
    conversations: {
      readMember: async (id: string, userId: string) =>
        id === conversationId ? members.get(userId) : undefined,
      read: async (id: string) => (id === conversationId ? { head, members: new Map(members) } : undefined),
      markRead: async (_id: string, userId: string, seq: number) => {
        const member = members.get(userId);
        if (member === undefined || seq <= member.readSeq) return false;
        members.set(userId, { ...member, readSeq: seq });
        return true;
      },
    },
    messages: stored
      ? {
          headers: async (_id: string, { after = 0 }) => ({
            headers: storedSeq > after ? [{ seq: storedSeq } as MessageHeader] : [],
            more: false,
          }),
        }
      : undefined,
    connections: {
      listByGroup: async () => [],
      listByUsers: async (userIds: readonly string[]) =>
        userIds
          .filter((userId) => userId !== 'carol')
          .flatMap((userId) => [connection(`${userId}-phone`), connection(`${userId}-desk`)]),
      remove: async () => undefined,
    },
    gateway: {
      push: async (to: string, data: Uint8Array) => {
        const { type, userId, seq, conversationId: of } = JSON.parse(new TextDecoder().decode(data));
        expect([type, of]).toEqual(['read', conversationId]);
        pushed.push({ to, seq, by: userId });
        return 'sent' as const;
      },
      close: async () => undefined,
    },
  };
  const read = async (seq: number, userId = 'alice', id = conversationId) =>
    markRead(
      { ...deps, consented: consentOf(userId) },
      { userId, connectionId: `${userId}-phone` },
      { conversationId: id, seq },
    );
  const consentOf = async (userId: string) => {
    if (userId === 'carol') throw new ProtocolError('CONSENT_REQUIRED');
  };
  return { read, pushed, place: (userId: string) => members.get(userId)?.readSeq };
}

test('the others and the own other device are told; who reads, and who has withdrawn, are not', async () => {
  const { read, pushed, place } = world();
  await read(3);
  expect(place('alice')).toBe(3);
  expect(pushed.toSorted((a, b) => a.to.localeCompare(b.to))).toEqual(
    ['alice-desk', 'bob-desk', 'bob-phone'].map((to) => ({ to, seq: 3, by: 'alice' })),
  );
});

test('the place never moves back, and what moves nothing tells nobody', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 12 }), async (seqs) => {
      const { read, pushed, place } = world();
      const places: number[] = [];
      for (const seq of seqs) {
        await read(seq);
        places.push(place('alice') ?? 0);
      }
      const furthest = seqs.map((_, index) => Math.min(5, Math.max(...seqs.slice(0, index + 1))));
      expect(places).toEqual(furthest);
      expect(pushed).toHaveLength(3 * new Set(furthest).size);
    }),
  );
});

test.each([
  ['a number that nobody has got yet', { lastSeq: 5 }, 9, 5],
  ['a message whose number the head does not know yet', { lastSeq: 5, storedSeq: 7 }, 7, 7],
  ['beyond that one', { lastSeq: 5, storedSeq: 7 }, 9, 7],
  ['an empty conversation', { lastSeq: 0 }, 1, 0],
  ['where messages are not stored', { lastSeq: 5, stored: false }, 9, 5],
])('the place is at most the newest message: %s', async (_, options, asked, expected) => {
  const { read, place } = world(options);
  await read(asked);
  expect(place('alice')).toBe(expected);
});

test('of several at once the furthest stays, and each step is told once', async () => {
  const { read, pushed, place } = world();
  await Promise.all([4, 2, 5, 5, 1].map(async (seq) => read(seq)));
  expect(place('alice')).toBe(5);
  expect(pushed.filter(({ seq }) => seq === 5)).toHaveLength(3);
});

test('to strangers there is nothing, and who has withdrawn is asked for consent', async () => {
  const { read, pushed } = world();
  await expect(read(1, 'mallory')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(read(1, 'alice', 'nowhere')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(read(1, 'carol')).rejects.toMatchObject({ code: 'CONSENT_REQUIRED' });
  expect(pushed).toEqual([]);
});

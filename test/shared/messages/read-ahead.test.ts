import { readAhead, withSockets } from '../../../shared/messages/read-ahead.ts';
import type { Connection } from '../../../shared/stores/connections/connection.ts';
import type { ConsentEntry } from '../../../shared/stores/consents/consent-entry.ts';
import type { Conversation } from '../../../shared/stores/conversations/conversation.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';

const policy = { version: '1', digest: 'd' };
const conversationId = 'd-1';

const socketOf = (userId: string): Connection => ({
  userId,
  connectionId: `${userId}-1`,
  connectedAt: epochMillis(1),
  expiresAt: 4e9 as EpochSeconds,
  consentedPolicy: 'mark',
});

function conversation(...users: readonly string[]): Conversation {
  return {
    head: {
      ...{ conversationId, kind: 'group', createdAt: epochMillis(0), lastSeq: 0, lastSentAt: 0 },
      retryMarks: [],
    },
    members: new Map(users.map((userId) => [userId, { userId, readSeq: 0 }])),
  };
}

/** Alice's ledger; every read leaves a line. */
function world() {
  const ledger: ConsentEntry[] = [];
  const reads: string[] = [];
  let now = 0;
  const ahead = readAhead({
    policy,
    now: () => epochMillis(now),
    ledger: {
      last: async (userId) => {
        reads.push('ledger');
        return ledger.findLast((line) => line.userId === userId);
      },
    },
    consentAndSockets: {
      read: async ({ userId, entry }, userIds) => {
        reads.push(`line ${entry} with ${userIds.join(' ')}`);
        const hasLine = ledger.some((line) => line.userId === userId && line.entry === entry);
        return { hasLine, connections: userIds.map(socketOf) };
      },
    },
  });
  const decide = (decision: ConsentEntry['decision'], policyVersion = '1') =>
    void ledger.push({
      ...{ userId: 'alice', entry: ledger.length + 1, decision, purpose: 'chat' },
      ...{ policyVersion, policyDigest: 'd', decidedAt: epochMillis(0) },
    });
  const pass = (millis: number) => {
    now += millis;
  };
  return { ahead, reads, decide, pass, look: async () => ahead.look('alice', conversationId) };
}

test('who is known to have agreed is asked for by the next line, in one call with the sockets', async () => {
  const { ahead, reads, decide, look } = world();
  decide('granted');
  expect((await look()).state).toBe('granted');
  ahead.remember(conversation('alice', 'bob'));
  const { state, ahead: sockets } = await look();
  expect(state).toBe('granted');
  expect(sockets.connections.map(({ userId }) => userId)).toEqual(['alice', 'bob']);
  expect(reads).toEqual(['ledger', 'line 2 with alice bob']);
});

test('a withdrawal is seen by the very next look, and so is who agrees again', async () => {
  const { decide, look } = world();
  decide('granted');
  await look();
  decide('withdrawn');
  expect((await look()).state).toBe('withdrawn');
  expect((await look()).state).toBe('withdrawn');
  decide('granted');
  expect((await look()).state).toBe('granted');
  decide('granted', '2');
  expect((await look()).state).toBe('stale');
});

test.each([
  ['nobody', () => undefined, 'none'],
  ['who withdrew', (decide: (decision: 'withdrawn') => void) => decide('withdrawn'), 'withdrawn'],
])('%s is not remembered as having agreed', async (_, act, state) => {
  const { decide, look, reads } = world();
  act(decide);
  expect((await look()).state).toBe(state);
  expect((await look()).state).toBe(state);
  expect(reads).toEqual(['ledger', 'ledger']);
});

test('after five minutes nothing is remembered, and of a large group not who is in it', async () => {
  const { ahead, decide, look, pass, reads } = world();
  decide('granted');
  await look();
  ahead.remember(conversation(...Array.from({ length: 33 }, (_, index) => `member-${index}`)));
  await look();
  pass(5 * 60_000);
  await look();
  expect(reads).toEqual(['ledger', 'line 2 with ', 'ledger']);
});

test('whoever has come since is read now, and who has left is left out', async () => {
  const asked: (readonly string[])[] = [];
  const connections = {
    listByUsers: async (userIds: readonly string[]) => {
      asked.push(userIds);
      return userIds.map(socketOf);
    },
  };
  const ahead = { of: new Set(['alice', 'bob']), connections: [socketOf('alice'), socketOf('bob')] };
  const found = await withSockets(connections, ahead).listByUsers(['alice', 'carol']);
  expect(found.map(({ userId }) => userId)).toEqual(['alice', 'carol']);
  expect(asked).toEqual([['carol']]);
  await withSockets(connections, ahead).listByUsers(['bob']);
  expect(asked).toHaveLength(1);
  await withSockets(connections, undefined).listByUsers(['bob']);
  expect(asked).toHaveLength(2);
});

test('who is no member causes no look at the sockets of those who are', async () => {
  const { ahead, reads, decide, look } = world();
  decide('granted');
  await look();
  ahead.remember(conversation('bob', 'carol'));
  expect((await look()).ahead).toEqual({ of: new Set(), connections: [] });
  ahead.remember(conversation('alice', 'bob'));
  await look();
  expect(reads).toEqual(['ledger', 'line 2 with ', 'line 2 with alice bob']);
});

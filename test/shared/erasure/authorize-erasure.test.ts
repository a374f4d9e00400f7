import { authorizeErasure } from '../../../shared/erasure/authorize-erasure.ts';
import type { ErasureTarget } from '../../../shared/protocol/erasure/erasure-target.ts';
import type { Conversation } from '../../../shared/stores/conversations/conversation.ts';
import type { Message } from '../../../shared/stores/messages/message.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { memoryMessageStore, type StoredMessage } from '../../support/memory-message-store.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

const conversationId = `d-${'c'.repeat(32)}`;
const message: Message = {
  conversationId,
  seq: 1,
  id: 'm1',
  from: 'alice',
  sentAt: epochMillis(1_000),
  expiresAt: 61 as EpochSeconds,
  content: { type: 'text', text: 'words' },
};
const member = (userId: string) => [userId, { userId, readSeq: 0 }] as const;
const conversation: Conversation = {
  head: {
    conversationId,
    kind: 'group',
    createdAt: epochMillis(0),
    lastSeq: 1,
    lastSentAt: 1_000,
    retryMarks: [],
  },
  members: new Map([member('alice'), member('bob')]),
};
const depsFor = (messages: readonly StoredMessage[], now = 2_000, group = conversation) => ({
  conversations: {
    readFormer: async () => undefined,
    readMember: async (_id: string, userId: string) => group.members.get(userId),
    read: async () => group,
  },
  messages: memoryMessageStore(() => ({
    messages: new Map(messages.map((each) => [each.seq, each])),
    timeless: new Set(),
    claims: new Map(),
  })),
  profilesStored: true,
  retention: steadyRetention(60, () => now),
});
const account: ErasureTarget = { scope: 'account' };
const profile: ErasureTarget = { scope: 'profile' };
const whole: ErasureTarget = { scope: 'conversation', conversationId };
const single: ErasureTarget = { scope: 'message', conversationId, seq: 1 };

test.each([account, profile, whole, single])('one’s own may be erased: $scope', async (target) => {
  await expect(authorizeErasure(depsFor([message]), 'alice', target)).resolves.toBeUndefined();
});

test.each([
  ['another’s message', 'bob', single, [message], 'FORBIDDEN'],
  ['another’s message, of whom one is no member', 'dave', single, [message], 'NOT_FOUND'],
  ['no message', 'alice', single, [], 'NOT_FOUND'],
  ['an erased message', 'alice', single, [{ ...message, erasedAt: epochMillis(1) }], 'NOT_FOUND'],
  ['a conversation of others', 'dave', whole, [], 'NOT_FOUND'],
] as const)('refused: %s', async (_name, userId, target, messages, code) => {
  await expect(authorizeErasure(depsFor(messages), userId, target)).rejects.toMatchObject({ code });
});

test('what has expired is as good as gone, at the very instant', async () => {
  await expect(authorizeErasure(depsFor([message], 60_999), 'alice', single)).resolves.toBeUndefined();
  const late = authorizeErasure(depsFor([message], 61_000), 'alice', single);
  await expect(late).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('what is not stored cannot be erased; an account always can', async () => {
  const deps = { ...depsFor([]), messages: undefined, profilesStored: false };
  for (const target of [profile, whole, single])
    await expect(authorizeErasure(deps, 'alice', target)).rejects.toMatchObject({ code: 'NOT_STORED' });
  await expect(authorizeErasure(deps, 'alice', account)).resolves.toBeUndefined();
});

describe('what somebody else has written', () => {
  const roles = { olga: 'owner', ada: 'admin', ann: 'admin', carl: undefined, carla: undefined } as const;
  const group = (kind: 'group' | 'direct' = 'group'): Conversation => ({
    head: { ...conversation.head, kind, revision: 7 },
    members: new Map(
      Object.entries(roles).map(([userId, role]) => [userId, { userId, readSeq: 0, ...(role && { role }) }]),
    ),
  });
  const outcome = async (by: string, written: Partial<StoredMessage>, kind?: 'group' | 'direct') =>
    authorizeErasure(depsFor([{ ...message, ...written }], 2_000, group(kind)), by, single).then(
      (moderation) => moderation?.author,
      (error: unknown) => (error as { code?: string }).code,
    );

  test.each([
    ['the owner', 'olga', 'ada'],
    ['the owner', 'olga', 'carl'],
    ['an admin', 'ada', 'carl'],
    ['an admin', 'ada', 'somebody-who-left'],
  ])('%s takes away, by the revision that they were one at', async (_role, by, from) => {
    const deps = depsFor([{ ...message, from }], 2_000, group());
    await expect(authorizeErasure(deps, by, single)).resolves.toEqual({
      author: from,
      conversationId,
      revision: 7,
    });
  });

  test.each([
    ['an admin, of the owner', 'ada', 'olga'],
    ['an admin, of an admin', 'ada', 'ann'],
    ['who has no role, of one like them', 'carl', 'carla'],
    ['who has no role, of the owner', 'carl', 'olga'],
  ])('stays: %s', async (_name, by, from) => {
    expect(await outcome(by, { from })).toBe('FORBIDDEN');
  });

  test('an event stays, for everybody but its maker', async () => {
    const event = { from: 'ada', content: { type: 'event', event: 'members', left: ['x'] } } as const;
    expect(await outcome('olga', event)).toBe('FORBIDDEN');
    expect(await outcome('ada', event)).toBeUndefined();
  });

  test('between two people nobody takes away what the other one wrote', async () => {
    expect(await outcome('olga', { from: 'carl' }, 'direct')).toBe('FORBIDDEN');
  });

  test('what one may not read oneself is not there', async () => {
    const later = group();
    const members = new Map([
      ...later.members,
      ['ada', { userId: 'ada', readSeq: 2, role: 'admin' as const, fromSeq: 2 }] as const,
    ]);
    const deps = depsFor([{ ...message, from: 'carl' }], 2_000, { ...later, members });
    await expect(authorizeErasure(deps, 'ada', single)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

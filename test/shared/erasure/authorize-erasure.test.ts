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
const depsFor = (messages: readonly StoredMessage[], now = 2_000) => ({
  conversations: {
    readFormer: async () => undefined,
    readMember: async (_id: string, userId: string) => conversation.members.get(userId),
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
  ['another’s message', 'bob', single, [message], 'NOT_FOUND'],
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

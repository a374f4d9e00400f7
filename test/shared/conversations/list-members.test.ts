import { listMembers } from '../../../shared/conversations/list-members.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import type { Member } from '../../../shared/stores/conversations/conversation.ts';
import { epochMillis } from '../../../shared/time.ts';

const conversationId = `g-${'a'.repeat(32)}`;
const member = (userId: string): [string, Member] => [userId, { userId, readSeq: 0 }];
const head = {
  conversationId,
  kind: 'group' as const,
  createdAt: epochMillis(0),
  lastSeq: 0,
  lastSentAt: 0,
  retryMarks: [],
};
const members = new Map([member('carol'), member('bob'), member('alice')]);
const deps = {
  conversations: {
    readMember: async (id: string, userId: string) =>
      id === conversationId ? members.get(userId) : undefined,
    read: async (id: string) => (id === conversationId ? { head, members } : undefined),
  },
};

test('a member is told of everybody, also of who has withdrawn and may come back', async () => {
  expect(await listMembers(deps, 'bob', { conversationId })).toEqual({
    members: ['alice', 'bob', 'carol'],
    // Of those who were there from the start.
    roles: { alice: 'owner' },
    revision: 0,
  });
});

test.each([
  ['who is no member', 'mallory', conversationId, 'NOT_FOUND'],
  ['a conversation that is not there', 'bob', 'nowhere', 'NOT_FOUND'],
  ['who has withdrawn', 'carol', conversationId, 'CONSENT_REQUIRED'],
])('%s is told nothing', async (_, userId, id, code) => {
  const consented =
    userId === 'carol' ? Promise.reject(new ProtocolError('CONSENT_REQUIRED')) : Promise.resolve();
  const asked = listMembers({ ...deps, consented }, userId, { conversationId: id });
  await expect(asked).rejects.toMatchObject({ code });
});

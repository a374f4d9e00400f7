import { mayMentionAll } from '../../../shared/conversations/may-mention-all.ts';
import type {
  Conversation,
  ConversationKind,
  Member,
} from '../../../shared/stores/conversations/conversation.ts';

const member = (userId: string, role?: 'owner' | 'admin'): [string, Member] => [
  userId,
  { userId, readSeq: 0, ...(role !== undefined && { role }) },
];
const conversation = (kind: ConversationKind, ...members: [string, Member][]) =>
  ({ head: { kind }, members: new Map(members) }) as unknown as Conversation;

test('in a group its owner and its admins call everybody, and others where the operator lets them', () => {
  const group = conversation('group', member('ann', 'owner'), member('bob', 'admin'), member('cid'));
  const who = (setting: 'admins' | 'members') =>
    ['ann', 'bob', 'cid'].filter((userId) => mayMentionAll(group, userId, setting));
  expect(who('admins')).toEqual(['ann', 'bob']);
  expect(who('members')).toEqual(['ann', 'bob', 'cid']);
});

test('a group of an earlier release has an owner too, and of two people either calls the other', () => {
  expect(mayMentionAll(conversation('group', member('bob'), member('ann')), 'ann', 'admins')).toBe(true);
  expect(mayMentionAll(conversation('group', member('bob'), member('ann')), 'bob', 'admins')).toBe(false);
  expect(mayMentionAll(conversation('direct', member('bob'), member('ann')), 'bob', 'admins')).toBe(true);
});

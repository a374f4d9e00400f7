import { ownView } from '../../../shared/export/own-view.ts';
import type { Conversation, FormerMember } from '../../../shared/stores/conversations/conversation.ts';
import { epochMillis } from '../../../shared/time.ts';

const conversation: Conversation = {
  head: {
    ...{ conversationId: 'g-1', kind: 'group', createdAt: epochMillis(0) },
    ...{ lastSeq: 20, lastSentAt: 0, retryMarks: [] },
  },
  members: new Map([
    ['ann', { userId: 'ann', readSeq: 0, role: 'owner' }],
    ['bob', { userId: 'bob', readSeq: 0, joinedSeq: 10, fromSeq: 10, returned: true }],
    ['eve', { userId: 'eve', readSeq: 0, joinedSeq: 15, fromSeq: 15 }],
  ]),
};
const left = new Map<string, FormerMember>([
  ['bob', { userId: 'bob', joinedSeq: 0, leftSeq: 5, fromSeq: 1, toSeq: 5 }],
  ['cid', { userId: 'cid', joinedSeq: 3, leftSeq: 8, fromSeq: 3, toSeq: 0 }],
]);
const conversations = {
  read: async () => conversation,
  readFormer: async (_id: string, userId: string) => left.get(userId),
};

async function numbersOf(userId: string): Promise<readonly number[] | undefined> {
  const view = await ownView({ conversations }, userId, 'g-1');
  const all = Array.from({ length: 20 }, (_, index) => ({
    seq: index + 1,
    from: index % 7 === 3 ? 'cid' : 'ann',
  }));
  return view && all.filter((each) => view.isTheirs(each)).map(({ seq }) => seq);
}
const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

test('who was there from the start has all of it, who came later what is theirs to read, and who came back both times', async () => {
  expect(await numbersOf('ann')).toEqual(from(1, 20));
  expect(await numbersOf('eve')).toEqual(from(15, 20));
  expect(await numbersOf('bob')).toEqual([...from(1, 5), ...from(10, 20)]);
});

test('who has left and may read nothing has what they wrote, and learns nothing of who is in by now', async () => {
  expect(await numbersOf('cid')).toEqual([4, 11, 18]);
  const view = await ownView({ conversations }, 'cid', 'g-1');
  expect([...(view?.conversation.members.keys() ?? [])]).toEqual(['cid']);
  expect(view?.conversation.head.lastSeq).toBe(8);
});

test('who was never in has nothing', async () => {
  expect(await numbersOf('dan')).toBeUndefined();
});

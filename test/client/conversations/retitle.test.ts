import { createConversationStore } from '../../../client/conversations/conversation-store.ts';
import { mayTakeAway } from '../../../client/conversations/may-take-away.ts';
import { parseCommand } from '../../../client/terminal/commands/parse-command.ts';
import type { ConversationSummary } from '../../../shared/protocol/conversations/table.ts';

const summary: ConversationSummary = {
  conversationId: 'g-1',
  kind: 'group',
  title: 'first',
  memberCount: 2,
  lastSeq: 4,
  readSeq: 0,
  unread: 0,
  mentions: 0,
  role: 'member',
  joinedSeq: 0,
};
const titleOf = (store: ReturnType<typeof createConversationStore>) => store.summary('g-1')?.title;

describe('what a group is called', () => {
  test('is what the highest number says, in whatever order they come', () => {
    const store = createConversationStore(
      () => 0,
      {},
      undefined,
      () => true,
    );
    store.applyList([summary]);
    expect(store.retitle({ conversationId: 'g-1', seq: 6, title: 'third' })).toBe(true);
    expect(store.retitle({ conversationId: 'g-1', seq: 5, title: 'second' })).toBe(false);
    expect(titleOf(store)).toBe('third');
    store.retitle({ conversationId: 'g-1', seq: 7, title: null });
    expect(titleOf(store)).toBeUndefined();
  });

  test('is what a list says that knows the event, and not what an older one says', () => {
    const store = createConversationStore(
      () => 0,
      {},
      undefined,
      () => true,
    );
    store.applyList([summary]);
    store.retitle({ conversationId: 'g-1', seq: 6, title: 'third' });
    store.applyList([{ ...summary, lastSeq: 5 }]);
    expect(titleOf(store)).toBe('third');
    const { title: _none, ...without } = summary;
    store.applyList([{ ...without, lastSeq: 6 }]);
    expect(titleOf(store)).toBeUndefined();
  });

  test('stays where no list says it', () => {
    const store = createConversationStore(() => 0, {});
    const { title: _none, ...without } = summary;
    store.applyList([without]);
    store.retitle({ conversationId: 'g-1', seq: 5, title: 'told once' });
    store.applyList([{ ...without, lastSeq: 9 }]);
    expect(titleOf(store)).toBe('told once');
  });
});

test.each([
  ['/title Saturday at ten', { kind: 'title', title: 'Saturday at ten' }],
  ['/title -', { kind: 'title', title: null }],
])('%s', (line, command) => {
  expect(parseCommand(line)).toEqual(command);
});
test('/title needs one', () => {
  expect(parseCommand('/title')).toMatchObject({ kind: 'mistake' });
});

const member = (userId: string, role: 'owner' | 'admin' | 'member') => ({ userId, role });
const group = {
  kind: 'group',
  members: [member('o', 'owner'), member('a', 'admin'), member('m', 'member')],
} as const;
test.each([
  ['owner', ['a', 'm', 'gone'], []],
  ['admin', ['m', 'gone'], ['o', 'a']],
  ['member', [], ['o', 'a', 'm']],
] as const)('what others wrote goes by the hand of an %s as the server allows it', (role, goes, stays) => {
  for (const author of goes)
    expect(mayTakeAway({ ...group, members: [...group.members], role }, author)).toBe(true);
  for (const author of stays)
    expect(mayTakeAway({ ...group, members: [...group.members], role }, author)).toBe(false);
  expect(mayTakeAway({ kind: 'direct', role }, 'm')).toBe(false);
});

import { renderConversations } from '../../../../client/terminal/rendering/render-conversations.ts';
import { style } from '../../../../client/terminal/screen/style.ts';

const plain = style(false);
const now = new Date(2026, 10, 23, 12, 5).getTime();
const view = { me: 'alice', now };
const one = {
  conversationId: 'd-1',
  kind: 'direct',
  members: [
    { userId: 'alice', role: 'member', readSeq: 1 },
    { userId: 'bob', role: 'member', readSeq: 3 },
  ],
  memberCount: 2,
  lastSeq: 3,
  readSeq: 1,
  unread: 2,
  mentions: 0,
  role: 'member',
  joinedSeq: 0,
} as const;
const lastMessage = {
  seq: 3,
  from: 'bob',
  sentAt: new Date(2026, 10, 23, 9, 7).getTime(),
  expiresAt: now / 1000 + 60,
  type: 'text',
  preview: 'hi\u001b',
} as const;

test('the list numbers conversations, counts what is new and says what was said last', () => {
  expect(renderConversations([one], view, plain)).toBe('#1 bob (2 new)');
  expect(renderConversations([{ ...one, unread: 0, lastMessage }], view, plain)).toBe(
    '#1 bob  09:07 bob: hi\ufffd',
  );
  expect(renderConversations([], view, plain)).toMatch(/\/open NAME/);
});

test('it says what is pinned, muted and mentions one, counts no further than a hundred, and leaves out what is hidden', () => {
  const busy = { ...one, unread: 101, mentions: 1, pinned: true, muted: now + 1 } as const;
  const image = { ...lastMessage, from: 'alice', type: 'image', preview: '' } as const;
  expect(
    renderConversations(
      [
        { ...one, hidden: true },
        { ...busy, lastMessage: image },
      ],
      view,
      plain,
    ),
  ).toBe('#2 bob (100+ new, mentions you, pinned, muted)  09:07 You: Picture');
});

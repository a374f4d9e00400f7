import { openFrame } from '../../../shared/protocol/conversations/frames.ts';

const opened = (title: string) =>
  openFrame.safeParse({ action: 'open', id: '1', kind: 'group', members: ['bob'], title });

test.each([
  ['Holiday', 'Holiday'],
  ['\u001b[31mred', '[31mred'],
  ['gpj\u202eexe', 'gpjexe'],
  ['one\nalice: two', 'one alice: two'],
  ['  cafe\u0301 \u200b ', 'caf\u00e9'],
  ['👩‍👩‍👧 trip', '👩‍👩‍👧 trip'],
])('the title %j becomes %j, by the rule of nicknames', (title, cleaned) => {
  expect(opened(title)).toMatchObject({ success: true, data: { title: cleaned } });
});

test.each(['', ' ', '\u200b', '\u2800', '\u3164\u3164', '\u202e', '\n', '\ud800', 'x'.repeat(8_193)])(
  'the title %j is refused: nobody would see it, or it is none',
  (title) => expect(opened(title).success).toBe(false),
);

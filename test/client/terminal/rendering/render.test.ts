import {
  clockTime,
  conversationName,
  renderConsent,
  renderError,
  renderMessage,
  renderState,
} from '../../../../client/terminal/rendering/render.ts';
import { renderReceipt } from '../../../../client/terminal/rendering/render-receipt.ts';
import { style, wantsColours } from '../../../../client/terminal/screen/style.ts';
import { LapseError } from '../../../../client/wire/lapse-error.ts';
import { duration } from '../../../../client/words/duration.ts';
import type { MessageBody } from '../../../../shared/protocol/messages/table.ts';
import type { HelloResult } from '../../../../shared/protocol/session/table.ts';
import { limits } from '../../support/limits.ts';

const plain = style(false);
const now = new Date(2026, 10, 23, 12, 5).getTime();
const message: MessageBody = {
  conversationId: 'd-1',
  seq: 1,
  id: 'i',
  from: 'bob',
  sentAt: new Date(2026, 10, 23, 9, 7).getTime(),
  expiresAt: now / 1000 + 6.5 * 86_400,
  content: { type: 'text', text: 'hi' },
};
const here = { away: false, chatting: true, waiting: 0 };
const say = (text: string): MessageBody => ({ ...message, content: { type: 'text', text } });

test('a message tells time, name, text and how long it lasts', () => {
  expect(renderMessage(message, { me: 'alice', now }, plain)).toBe('09:07 bob: hi (expires in 7 d)');
});

test('media tells what it is and how to keep it', () => {
  const media = { contentType: 'video/mp4', bytes: 1_234_567, width: 640, height: 360, durationMs: 61_400 };
  const content = { type: 'video', mediaId: 'x', name: 'trip.mp4', caption: 'look\u001b', media } as const;
  expect(renderMessage({ ...message, content }, { me: 'alice', now }, plain)).toBe(
    '09:07 bob: [video trip.mp4, 640 × 360, 1:01, 1.2 MB] look\ufffd (/save 1, expires in 7 d)',
  );
});

test('of custom content the kind is said, and nothing of its data', () => {
  const content = { type: 'custom', kind: 'poll', data: { question: 'tea?' } } as const;
  expect(renderMessage({ ...message, content }, { me: 'alice', now }, plain)).toBe(
    '09:07 bob: [poll: not shown in this chat] (expires in 7 d)',
  );
});

test('an answer says which number it answers, and quotes nothing', () => {
  expect(renderMessage({ ...message, replyTo: 12 }, { me: 'alice', now }, plain)).toBe(
    '09:07 bob: hi (answers no. 12, expires in 7 d)',
  );
});

test('one’s own carries a tick, one from elsewhere the place', () => {
  expect(renderMessage(message, { me: 'bob', now, elsewhere: 'trip' }, plain)).toBe(
    '[trip] 09:07 bob ✓: hi (no. 1, expires in 7 d)',
  );
});

test('a line break cannot forge another message', () => {
  const shown = renderMessage(say('hi\n09:08 carol: I agree'), { me: 'alice', now }, plain);
  expect(shown.split('\n')[1]).toMatch(/^ {8}09:08 carol/);
});

test('escape sequences of others never reach the terminal', () => {
  const hostile = { ...say('\u001b]0;x\u0007'), from: 'b\u001b[1mob' };
  expect(renderMessage(hostile, { me: 'alice', now, elsewhere: '\u001b[2J' }, plain)).not.toContain('\u001b');
});

test('another day shows its date', () => {
  expect(clockTime(new Date(2026, 10, 22, 23, 59).getTime(), now)).toBe('2026-11-22 23:59');
});

test('durations', () => {
  expect([90_000, 7_200, 61, 5, -3].map(duration)).toEqual(['1 d', '2 h', '1 min', '5 s', '0 s']);
});

test('a conversation is called by the other person or its title', () => {
  const [alice, bob] = [
    { userId: 'alice', role: 'member' },
    { userId: 'bob', role: 'member' },
  ] as const;
  const direct = { conversationId: 'd-1', kind: 'direct', members: [alice, bob] } as const;
  expect(conversationName(direct, 'alice')).toBe('bob');
  expect(conversationName(direct, 'bob')).toBe('alice');
  expect(conversationName({ kind: 'group', title: 'trip\u001b[m' }, 'bob')).toBe('trip\ufffd[m');
  expect(conversationName({ kind: 'group' }, 'bob')).toBe('Group without a title');
  // The other one has erased the account.
  expect(conversationName({ ...direct, members: [alice] }, 'alice')).toBe('Deleted user');
});

const hello: HelloResult = {
  userId: 'alice',
  consent: { state: 'none', policyVersion: '7', policyUrl: 'https://example.com/p' },
  retention: { messages: { stored: true, seconds: 604_800 }, profiles: { stored: false, seconds: 0 } },
  limits,
};

test('consent is asked in plain words', () => {
  const text = renderConsent(hello, plain);
  expect(text).toContain('version 7, at https://example.com/p');
  expect(text).toContain('messages are kept for 7 days, then deleted');
  expect(text).toContain('profile is passed on and never stored');
  expect(text).toContain('The date is not stored.');
  expect(renderConsent({ ...hello, consent: { ...hello.consent, state: 'stale' } }, plain)).toContain(
    'has changed',
  );
});

test('a lost connection is told once, with what waits', () => {
  const cause = new LapseError('NOT_CONNECTED', 'not connected', true);
  const lost = { name: 'reconnecting', attempt: 1, delayMs: 250, cause } as const;
  expect(renderState(lost, { ...here, waiting: 2 }, plain)).toBe('reconnecting… (2 waiting to be sent)');
  expect(renderState(lost, { ...here, waiting: 2, away: true }, plain)).toBeUndefined();
  expect(renderState({ ...lost, delayMs: 0 }, here, plain)).toBeUndefined();
  expect(renderState({ name: 'online', hello }, { ...here, away: true }, plain)).toBe('connected again');
  expect(renderState({ name: 'closed', reason: 'BYE' }, here, plain)).toContain('BYE');
});

test('an agreement that is needed again in the middle of a chat is asked for, at the beginning it comes anyway', () => {
  const needed = { name: 'consent-required', hello } as const;
  expect(renderState(needed, here, plain)).toContain('press Enter');
  expect(renderState(needed, { ...here, chatting: false }, plain)).toBeUndefined();
});

test('errors say what to do', () => {
  expect(renderError(new LapseError('AGE_NOT_MET', 'x', false), plain)).toMatch(/not yet old enough/);
  expect(renderError(new LapseError('CONFLICT', 'changed\u001b', true), plain)).toBe('changed\ufffd');
});

test('colours only on a terminal, and not where NO_COLOR is set', () => {
  expect([
    wantsColours(true, undefined),
    wantsColours(true, ''),
    wantsColours(true, '1'),
    wantsColours(false, undefined),
  ]).toEqual([true, true, false, false]);
  expect(style(true).bold('x')).toBe('\u001b[1mx\u001b[0m');
});

test('a receipt says what went where, what is left and until when, and leaves out what is not concerned', () => {
  const none = { deleted: 0, found: 0, held: 0 };
  const receipt = {
    type: 'erasure' as const,
    scope: 'account' as const,
    requestId: 'r1',
    requestedBy: 'user' as const,
    requestedAt: '2026-11-23T00:00:00.000Z',
    finishedAt: '2026-11-23T00:00:01.000Z',
    stores: [
      { store: 'messages' as const, outcome: 'held' as const, deleted: 2, found: 1, held: 1 },
      { store: 'sends' as const, outcome: 'erased' as const, ...none, deleted: 3 },
      { store: 'profiles' as const, outcome: 'not concerned' as const, ...none },
      { store: 'consents' as const, outcome: 'kept' as const, ...none, until: '2029-11-22T00:00:01.000Z' },
      { store: 'logs' as const, outcome: 'ages out' as const, ...none, until: '2026-11-30T00:00:01.000Z' },
    ],
  };
  expect(renderReceipt({ ...receipt, state: 'refused in part' }, plain)).toBe(
    [
      'Your account has been erased in part: a legal hold keeps the rest until it is lifted',
      '  messages: 2 deleted, 1 kept by a legal hold',
      '  sends: 3 deleted, 0 found afterwards',
      '  consents: kept as proof until 2029-11-22',
      '  logs: ids only, gone by 2026-11-30',
    ].join('\n'),
  );
  expect(renderReceipt({ ...receipt, state: 'done' }, plain)).toMatch(/^Your account has been erased$/m);
});

test.each([
  ['ACCOUNT_ERASED', 'your account is erased: this session is over'],
  ['CONSENT_WITHDRAWN', 'your agreement is withdrawn: start the chat again to give it anew'],
])('the end by %s is said in words', (reason, words) => {
  expect(renderState({ name: 'closed', reason }, here, plain)).toBe(words);
});

import { consentWords } from '../../../../client/web/model/consent/consent-words.ts';
import { connectionWords } from '../../../../client/web/model/words/connection-words.ts';
import { dayLabel } from '../../../../client/web/model/words/day-label.ts';
import { endNotice } from '../../../../client/web/model/words/end-notice.ts';
import { errorWords } from '../../../../client/web/model/words/error-words.ts';
import { LapseError } from '../../../../client/wire/lapse-error.ts';
import { plainDuration } from '../../../../client/words/plain-duration.ts';
import { errors } from '../../../../shared/protocol/errors.ts';
import type { HelloResult } from '../../../../shared/protocol/session/table.ts';
import { limits } from '../../support/limits.ts';

const hello = (consent: HelloResult['consent']): HelloResult => ({
  userId: 'alice',
  consent,
  retention: { messages: { stored: true, seconds: 604_800 }, profiles: { stored: false, seconds: 0 } },
  limits,
});

test.each([
  [604_800, '7 days'],
  [86_400, '1 day'],
  [129_600, '1 day 12 hours'],
  [61, '1 minute 1 second'],
  [0, '0 seconds'],
  [-5, '0 seconds'],
])('%i s is %s', (seconds, words) => {
  expect(plainDuration(seconds)).toBe(words);
});

test('consent says what is kept for how long, and what is not', () => {
  expect(consentWords(hello({ state: 'stale', policyVersion: '3' }))).toEqual({
    reason: expect.stringContaining('has changed'),
    messages: 'Your messages are kept for 7 days, then deleted for good.',
    profile: 'Your profile is passed on and never stored.',
    policyVersion: '3',
  });
});

test.each([
  ['https://example.com/policy', 'https://example.com/policy'],
  ['http://example.com', 'http://example.com'],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['/policy', undefined],
])('the policy at %s is linked as %s', (policyUrl, linked) => {
  expect(consentWords(hello({ state: 'none', policyVersion: '1', policyUrl })).policyUrl).toBe(linked);
});

test('every error that a person can meet has words of its own, without its code', () => {
  const developersOnly = ['UNKNOWN_ACTION', 'CONFLICT', 'MEDIA_MISMATCH'];
  const codes = Object.keys(errors).filter((code) => !['INTERNAL', ...developersOnly].includes(code));
  const words = codes.map((code) => errorWords(new LapseError(code as keyof typeof errors, code, false)));
  const general = errorWords(new Error('secret'));
  expect(general).toBe('Something went wrong. Please try again.');
  expect(new Set(words).size).toBe(codes.length);
  for (const [index, each] of words.entries()) {
    expect(each).not.toBe(general);
    expect(each).not.toContain(codes[index]);
  }
});

test('the connection is spoken of only while it does not work', () => {
  const cause = new LapseError('NOT_CONNECTED', 'not connected', true);
  const reconnecting = { name: 'reconnecting', attempt: 1, delayMs: 500, cause } as const;
  expect(connectionWords({ name: 'connecting' }, 0, true)).toBe('Connecting…');
  expect(connectionWords(reconnecting, 0, true)).toBe('Connection lost. Reconnecting…');
  expect(connectionWords(reconnecting, 2, false)).toBe('You are offline. 2 messages wait.');
  expect(connectionWords(reconnecting, 1, false)).toBe('You are offline. 1 message waits.');
  expect(connectionWords({ ...reconnecting, delayMs: 0 }, 0, true)).toBeUndefined();
  expect(
    connectionWords({ name: 'online', hello: hello({ state: 'granted', policyVersion: '1' }) }, 3, true),
  ).toBeUndefined();
  expect(connectionWords({ name: 'closed', reason: 'X' }, 0, true)).toContain('ended');
});

test('days are named as people name them', () => {
  const now = new Date(2026, 2, 1, 0, 5).getTime();
  expect(dayLabel(new Date(2026, 2, 1, 0, 1).getTime(), now, 'en')).toBe('Today');
  expect(dayLabel(new Date(2026, 1, 28, 23, 59).getTime(), now, 'en')).toBe('Yesterday');
  expect(dayLabel(new Date(2026, 1, 27, 12).getTime(), now, 'en')).toBe('Friday, February 27');
  expect(dayLabel(new Date(2025, 11, 31, 12).getTime(), now, 'en')).toBe('Wednesday, December 31, 2025');
});

test('the end of a session says why, and whether one may come back', () => {
  expect(endNotice('CONSENT_WITHDRAWN')).toContain('agree again');
  expect(endNotice('ACCOUNT_ERASED')).toContain('account is erased');
  expect(endNotice('SOMETHING_NEW')).toContain('sign in again');
});

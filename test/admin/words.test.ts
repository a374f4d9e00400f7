import { duration, plural, table } from '../../admin/words.ts';

test.each([
  [0, '0s'],
  [59, '59s'],
  [3_600, '1h'],
  [604_800, '7d'],
  [90_061, '1d 1h 1m 1s'],
])('%i seconds are %s', (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});

test('one is not many', () => {
  expect([plural(1, 'message'), plural(0, 'message'), plural(2, 'message')]).toEqual([
    '1 message',
    '0 messages',
    '2 messages',
  ]);
});

test('cells stand under one another, without blanks at the end', () => {
  expect(
    table([
      ['a', 'long', ''],
      ['bcd', 'x', 'y'],
    ]),
  ).toBe('  a    long\n  bcd  x     y');
});

import { completed, nameCompletion } from '../../../../../client/web/model/sending/name-completion.ts';

const names = ['bob', 'Bobby', 'ann', 'all', '지민'];

test.each<[string, number, readonly string[] | undefined]>([
  ['@', 1, ['Bobby', 'all', 'ann', 'bob', '지민']],
  ['hi @b', 5, ['Bobby', 'bob']],
  ['hi @B there', 5, ['Bobby', 'bob']],
  ['@지', 2, ['지민']],
  ['mail a@b', 8, undefined],
  ['hi @b there', 11, undefined],
  ['@nobody', 7, undefined],
  ['@ann', 4, undefined],
  ['no', 2, undefined],
])('behind %j at %d comes %j', (text, caret, expected) => {
  expect(nameCompletion(text, caret, names)?.names).toEqual(expected);
});

test('a name takes the place of what was typed, and one goes on behind it', () => {
  expect(completed('hi @b there', 5, 3, 'bob')).toEqual({ text: 'hi @bob there', caret: 8 });
  expect(completed('@', 1, 0, 'ann')).toEqual({ text: '@ann ', caret: 5 });
});

test('of a thousand names eight are offered', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => `p${index}`);
  expect(nameCompletion('@p', 2, many)?.names).toHaveLength(8);
});

import fc from 'fast-check';
import { safeLine, safeLines } from '../../../../client/terminal/rendering/safe-text.ts';

test.each([
  ['\u001b[2J\u001b[31mred', '\ufffd[2J\ufffd[31mred'],
  ['\u001b]0;title\u0007', '\ufffd]0;title\ufffd'],
  ['\u009b31m', '\ufffd31m'],
  ['over\u0008\u0008\u0008write', 'over\ufffd\ufffd\ufffdwrite'],
  ['abc\u202edcba', 'abcdcba'],
  ['\u2066hidden\u2069\u200f\u061c', 'hidden'],
  ['zero\u200bwidth\ufeff', 'zerowidth'],
  ['\u2800\u3164\u115f\u034f\u180e\u{e0041}\ufe0f.', '\u2800.'],
  ['می\u200cخواهم क्\u200dष', 'می\u200cخواهم क्\u200dष'],
  ['a\tb', 'a  b'],
  ['\ud800', '\ufffd'],
  ['👩‍👩‍👧 안녕 ¡olé! 漢字', '👩‍👩‍👧 안녕 ¡olé! 漢字'],
])('%j is shown as %j', (text, expected) => {
  expect(safeLine(text)).toBe(expected);
});

test('every kind of line break separates lines', () => {
  expect(safeLines('a\nb\r\nc\rd\u2028e\u0085f')).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('whatever is written, no control and no direction character is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(safeLine(text)).not.toMatch(/\p{Cc}|\p{Cs}|[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

test('nothing of what Unicode calls ignorable is left by itself', () => {
  const ignorable = Array.from({ length: 0x11_0000 }, (_, point) => point)
    .filter((point) => point < 0xd800 || point > 0xdfff)
    .map((point) => String.fromCodePoint(point))
    .filter((character) => /\p{Default_Ignorable_Code_Point}/u.test(character));
  expect(ignorable.length).toBeGreaterThan(4_000);
  for (const character of ignorable) expect(safeLine(`a${character}b`)).toBe('ab');
});

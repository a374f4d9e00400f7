import * as fc from 'fast-check';
import { cleanLines, cleanName, graphemes, isVisible } from '../../../shared/protocol/name-characters.ts';

const deceptive = /[\p{Control}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u3164\u00AD]/u;
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        'a',
        ' ',
        '\n',
        '\u200D',
        '\u200C',
        '\uFE0F',
        '\u202E',
        '\u200B',
        '👩',
        '🚀',
        '🏽',
        '❤',
        '1',
        '\u20E3',
        '🏴',
        '\u{E0067}',
        '\u{E007F}',
        'ی',
        'م',
        'क',
        '्',
        'e',
        '\u0301',
        '\u2800',
        '\u3164',
        '\r\n',
      ),
    )
    .map((parts) => parts.join('')),
);

test.each([
  ['Ada', 'Ada'],
  ['  Ada \t  Lovelace  ', 'Ada Lovelace'],
  ['e\u0301', 'é'],
  ['a\u202Egnp.exe', 'agnp.exe'],
  ['a\u2066b\u2069\u200E\u200F\u061C', 'ab'],
  ['Ad\u200Bmi\u2060n\uFEFF\u00AD', 'Admin'],
  ['\u0000A\u0007\u001B[31mda\u009F', 'A[31mda'],
  ['a\u200Db', 'ab'],
  ['a\uFE0Fb', 'ab'],
  ['\u3164\u115F\u1160\uFFA0', ''],
  ['\u2800 \u2800', ''],
  ['x\u{E0041}\u{E0042}', 'x'],
  ['A\u200B\u0301', 'Á'],
])('%j becomes %j', (input, output) => {
  expect(cleanName(input)).toBe(output);
});

test.each([
  '👩‍🚀',
  '👩🏽‍🚀',
  '👨‍👩‍👧‍👦',
  '❤️‍🔥',
  '🏳️‍🌈',
  '🏴‍☠️',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '1️⃣',
  '☕️',
  '🇰🇷',
  '👍🏿',
  'می‌خواهم',
  'क्‍ष',
  '김민수',
  'Ngô Thị Ánh',
  'שלום',
  'محمد',
])('%s survives as it is', (name) => {
  expect(cleanName(name)).toBe(name.normalize('NFC'));
  expect(cleanName(`\u202E${name}\u200B`)).toBe(name.normalize('NFC'));
});

test('lines stay lines in a signature', () => {
  expect(cleanLines(' one \r\n\u202Etwo\u2028three \n')).toBe('one\ntwo\nthree');
});

test('graphemes count what a reader sees', () => {
  expect([graphemes('👨‍👩‍👧‍👦é'.normalize('NFD')), graphemes(''), graphemes('각')]).toEqual([2, 0, 1]);
});

test.each([
  ['', false],
  [' ', false],
  ['\u2800', false],
  ['\u0301', false],
  ['a', true],
  ['🚀', true],
])('isVisible %j is %j', (value, expected) => {
  expect(isVisible(value)).toBe(expected);
});

test('cleaning is final, composed and leaves nothing deceptive', async () => {
  await fc.assert(
    fc.property(text, (input) => {
      const cleaned = cleanName(input);
      expect(cleanName(cleaned)).toBe(cleaned);
      expect(cleaned).toBe(cleaned.normalize('NFC'));
      expect(cleaned).not.toMatch(deceptive);
      expect(cleaned).toBe(cleaned.trim());
      expect(cleanLines(cleanLines(input))).toBe(cleanLines(input));
    }),
    { numRuns: 2000 },
  );
});

test('a letter keeps thirty marks at most, which is more than any script needs', () => {
  const marks = (name: string) => name.match(/\p{Mark}/gu)?.length;
  expect(marks(cleanName(`x${'\u0323'.repeat(30)}`))).toBe(30);
  expect(marks(cleanName(`x${'\u0323'.repeat(8_000)}`))).toBe(30);
});

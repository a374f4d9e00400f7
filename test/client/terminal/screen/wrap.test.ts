import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { safeLine } from '../../../../client/terminal/rendering/safe-text.ts';
import { style } from '../../../../client/terminal/screen/style.ts';
import { wrap } from '../../../../client/terminal/screen/wrap.ts';
import { emulator } from './support/emulator.ts';

const words = fc.array(
  fc.oneof(fc.string({ minLength: 1, maxLength: 30 }), fc.constantFrom('漢字', '👩‍👩‍👧', 'שלום')),
);
const text = words.map((list) => list.join(' ').replaceAll(/\p{Cc}/gu, ' '));

test('every row fits, and the following ones stand in', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 20, max: 100 }), (said, columns) => {
      const [, ...following] = wrap(`12:00 bob: ${said}`, columns).split('\n');
      for (const row of following) expect(row).toMatch(/^ {2}/);
      for (const row of following) expect(stringWidth(row)).toBeLessThanOrEqual(columns);
    }),
  );
});

test('nothing but blanks is added or lost', () => {
  const bare = (all: string) => all.replaceAll(/\s/gu, '');
  fc.assert(
    fc.property(text, fc.integer({ min: 20, max: 100 }), (said, columns) => {
      expect(bare(wrap(said, columns))).toBe(bare(said));
    }),
  );
});

test('colours go on over the rows, and what fits stays as it is', () => {
  const dim = style(true).dim('far away '.repeat(9));
  expect(stripVTControlCharacters(wrap(dim, 30)).replaceAll(/\s+/gu, ' ').trim()).toBe(
    'far away '.repeat(9).trim(),
  );
  expect(wrap('  as it is', 30)).toBe('  as it is');
});

test.each([
  ['variation selectors', '\ufe0f'],
  ['joiners between marks', '\u094d\u200d'],
  ['grapheme joiners', '\u034f'],
])('a row of %s does not keep the program busy that measures texts', (_name, unit) => {
  // Each two more of them would take it twice as long: forty do not end.
  expect(wrap(safeLine(`${unit.repeat(40)}\u0e33`), 40)).toContain('\u0e33');
});

test.each([
  ['Thai', 'นำ'],
  ['Devanagari', 'कि'],
  ['Bengali', 'বাংলা'],
  ['Hangul fillers', '\u3164'],
  ['families', '👩‍👩‍👧'],
  ['Khmer', 'ខ្មែរ'],
  ['Tamil', 'கொ'],
  ['marks of Samaritan', 'ࠀ\u0816\u0817'],
  ['marks of Arabic that Unicode took in late', 'ب\u08d3\u08d4'],
  ['tone marks of Hangul', '가\u302e'],
  ['descriptions of ideographs', '\u2ff0'],
])('a row of %s stands in on a terminal that counts character by character', async (_name, unit) => {
  const { screen, rows, close } = emulator(30);
  screen.write(`12:00 bob: ${unit.repeat(40)}`);
  const [first, ...following] = await rows();
  close();
  expect(first).toMatch(/^12:00 bob:/);
  expect(following.length).toBeGreaterThan(0);
  for (const row of following) expect(row).toMatch(/^ {2}/);
});

test('whatever a message is made of, no row of it but the first begins where others do', async () => {
  const letter = fc.oneof(
    ...[
      [0x300, 0x370],
      [0x590, 0x8ff],
      [0x900, 0xe7f],
      [0xe80, 0x109f],
      [0x1100, 0x18af],
      [0x1900, 0x1cff],
      [0x2e80, 0x32ff],
      [0xa800, 0xabff],
      [0xfe00, 0xffef],
      [0x16fe0, 0x16fff],
      [0x1f1e6, 0x1faff],
    ].map(([min = 0, max = 0]) =>
      fc.integer({ min, max: max - 1 }).map((point) => String.fromCodePoint(point)),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(letter, { minLength: 1, maxLength: 8 }), async (letters) => {
      const { screen, rows, close } = emulator(30);
      screen.write(`12:00 bob: ${safeLine(letters.join('')).repeat(30)}`);
      const [, ...following] = await rows();
      close();
      for (const row of following) expect(row.startsWith('  ') || row.trim() === '').toBe(true);
    }),
    { numRuns: 60, endOnFailure: true },
  );
});

test('a colour is not cut in two where a row gets narrower', () => {
  const rows = wrap(`${'नमस्ते'.repeat(3)}${style(true).dim('कि').repeat(12)}`, 30).split('\n');
  for (const row of rows) expect(stripVTControlCharacters(row)).not.toMatch(/[[\dm]/);
});

test('words of Devanagari are broken at their blanks', () => {
  const rows = wrap('नमस्ते दुनिया '.repeat(6).trim(), 30).split('\n');
  for (const row of rows)
    expect(
      row
        .trim()
        .split(' ')
        .filter((word) => !/^(नमस्ते|दुनिया)$/.test(word)),
    ).toEqual([]);
});

test('of a row that only begins as an address no more is kept whole than of any other', () => {
  const rows = wrap(`${'http://'.repeat(40)}é`, 40).split('\n');
  expect(rows.every((row) => row.length <= 40)).toBe(true);
});

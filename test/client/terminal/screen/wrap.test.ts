import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { style } from '../../../../client/terminal/screen/style.ts';
import { wrap } from '../../../../client/terminal/screen/wrap.ts';

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

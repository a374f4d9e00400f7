import fc from 'fast-check';
import { canonicalEmoji, isEmoji } from '../../../shared/protocol/reactions/emoji.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const recommended = /^\p{RGI_Emoji}$/v;

/** Every single sign that is one, or may be. */
const singles = Array.from({ length: 0x20000 }, (_, point) => point)
  .filter((point) => point < 0xd800 || point > 0xdfff)
  .map((point) => String.fromCodePoint(point))
  .filter((sign) => /\p{Emoji}/u.test(sign));

test('each emoji of one sign that Unicode recommends is one, but for a skin tone by itself', () => {
  const emoji = singles.flatMap((sign) => [sign, `${sign}\uFE0F`]).filter((text) => recommended.test(text));
  expect(emoji.length).toBeGreaterThan(1_300);
  expect(emoji.filter((text) => !isEmoji(text))).toEqual(['🏻', '🏼', '🏽', '🏾', '🏿']);
});

test.each(['👩🏻‍❤️‍💋‍👩🏿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇰🇷', '1️⃣', '🏳️‍🌈', '⛹🏻‍♀️', '👁️‍🗨️', '🧑‍⚕️', '👍🏽', '👨‍👩‍👧‍👦'])(
  '%s is one',
  (text) => {
    expect(isEmoji(text)).toBe(true);
    expect(recommended.test(text)).toBe(true);
    expect(canonicalEmoji(text)).toBe(text);
  },
);

test.each([
  ...[
    '',
    ' ',
    'a',
    'é',
    '한',
    '1',
    '#',
    '👍👍',
    '👍a',
    ' 👍',
    '👍\n',
    '\u200d',
    '\ufe0f',
    '🏽',
    '🇰',
    '🇰🇷🇰🇷',
    '👍️🏽',
  ],
  // What is written in invisible characters is a flag or nothing.
  ...[
    '👍\u{E0061}\u{E0062}\u{E0063}\u{E007F}',
    '🏴\u{E0061}\u{E007F}',
    `🏴${'\u{E0061}'.repeat(7)}\u{E007F}`,
  ],
  '👩‍'.repeat(30),
])('%j is none', (text) => {
  expect(isEmoji(text)).toBe(false);
});

test('however it is written, it is one kind, as Unicode recommends it', () => {
  for (const [written, meant] of [
    ['❤', '❤️'],
    ['1⃣', '1️⃣'],
    ['🏳‍🌈', '🏳️‍🌈'],
    ['👍️', '👍'],
    ['⛹🏻‍♀', '⛹🏻‍♀️'],
  ] as const)
    expect([written, canonicalEmoji(written)]).toEqual([written, meant]);
});

test('whatever is taken is one grapheme, and its canonical form is taken and stays the same', () => {
  const signs = fc.constantFrom(
    ...[
      '👍',
      '❤',
      '👩',
      '🏳',
      '🏴',
      '♀',
      '1',
      'a',
      ' ',
      '\u200d',
      '\ufe0f',
      '\u20e3',
      '🏽',
      '🇰',
      '🇷',
      '\u{E0061}',
      '\u{E007F}',
    ],
  );
  let taken = 0;
  fc.assert(
    fc.property(fc.array(signs, { minLength: 1, maxLength: 6 }), (parts) => {
      const text = parts.join('');
      if (!isEmoji(text)) return;
      taken += 1;
      expect([...graphemes.segment(text)]).toHaveLength(1);
      const canonical = canonicalEmoji(text);
      expect(isEmoji(canonical)).toBe(true);
      expect(canonicalEmoji(canonical)).toBe(canonical);
    }),
    { numRuns: 5_000 },
  );
  expect(taken).toBeGreaterThan(250);
});

import fc from 'fast-check';
import { textParts } from '../../../../../client/web/model/messages/text-parts.ts';

const linked = (text: string) => textParts(text).flatMap(({ text: shown, href }) => (href ? [shown] : []));

test.each([
  ['see https://example.com.', ['https://example.com']],
  ['(https://example.com/a_(b))', ['https://example.com/a_(b)']],
  [
    'HTTP://example.com/?q=1&r=%20#top, and https://b.example!',
    ['HTTP://example.com/?q=1&r=%20#top', 'https://b.example'],
  ],
  ['한국어 https://예시.example/길 끝', ['https://예시.example/길']],
  ['javascript:alert(1) data:text/html,x ftp://a.example www.example.com', []],
  ['https:// http://[ xhttps://a.example', []],
  ['https://a.example/\u202egpj.exe', ['https://a.example/']],
])('of %j these are addresses: %j', (text, addresses) => {
  expect(linked(text)).toEqual(addresses);
});

test('nothing is added or lost, and nothing but web addresses is linked', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.constantFrom('https://', 'http://x', 'javascript:', '(', ').'),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      const parts = textParts(text);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      for (const { href } of parts) expect(href ?? 'https://').toMatch(/^https?:\/\//);
    }),
  );
});

test('a text of the full size that is all punctuation is read in one go', () => {
  const brackets = ')'.repeat(16_373);
  expect(textParts(`https://a.b${brackets}`)).toEqual([
    { text: 'https://a.b', href: 'https://a.b/' },
    { text: brackets },
  ]);
  expect(linked(`https://a.b/${'('.repeat(40)}${')'.repeat(41)}.`)).toEqual([
    `https://a.b/${'('.repeat(40)}${')'.repeat(40)}`,
  ]);
  // What no server takes stays text.
  expect(linked(`https://a.b/${'x'.repeat(3_000)}`)).toEqual([]);
});

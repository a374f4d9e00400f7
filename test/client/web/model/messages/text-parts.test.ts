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

test.each([
  ['공식 문서는 https://example.com/docs에서 보세요', ['https://example.com/docs']],
  ['https://example.com을 보세요', ['https://example.com']],
  ['https://example.com/에서 확인', ['https://example.com/']],
  ['（https://example.com/a）', ['https://example.com/a']],
  ['「https://example.com/a」を', ['https://example.com/a']],
  ['请看https://example.com/a，谢谢', ['https://example.com/a']],
  ['请看https://example.com/a谢谢', ['https://example.com/a']],
  ['https://example.com/aを見て', ['https://example.com/a']],
  ['https://example.com?a=1입니다', ['https://example.com?a=1']],
  ['https://ko.wikipedia.org/wiki/대한민국', ['https://ko.wikipedia.org/wiki/대한민국']],
  [
    'https://ja.wikipedia.org/wiki/スティーブ・ジョブズ',
    ['https://ja.wikipedia.org/wiki/スティーブ・ジョブズ'],
  ],
  ['https://zh.wikipedia.org/wiki/中国_(消歧义)。', ['https://zh.wikipedia.org/wiki/中国_(消歧义)']],
  ['https://한국.kr/경로 그리고', ['https://한국.kr/경로']],
  ['https://a.example과https://b.example을', ['https://a.example', 'https://b.example']],
  ['https://a.example/?to=https://b.example/c', ['https://a.example/?to=https://b.example/c']],
  ['https://münchen.example/ß', ['https://münchen.example/ß']],
  ['https://пример.рф/путь', ['https://пример.рф/путь']],
])('an address ends where the sentence goes on: %s', (text, found) => {
  const parts = textParts(text);
  expect(parts.filter(({ href }) => href !== undefined).map((part) => part.text)).toEqual(found);
  expect(parts.map((part) => part.text).join('')).toBe(text);
});

test('a host that may pass for another is shown as browsers ask for it, and one of mixed letters is no link', () => {
  expect(textParts('https://аррӏе.com/a')).toEqual([
    { text: 'https://xn--80ak6aa92e.com/a', href: 'https://xn--80ak6aa92e.com/a' },
  ]);
  expect(textParts('https://pаypal.example/a')).toEqual([{ text: 'https://pаypal.example/a' }]);
});

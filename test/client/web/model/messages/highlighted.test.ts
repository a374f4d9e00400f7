import { highlighted } from '../../../../../client/web/model/messages/highlighted.ts';

const marked = (text: string, sought: string) =>
  highlighted(text, sought)
    .map((piece) => (piece.found ? `[${piece.text}]` : piece.text))
    .join('');

test.each([
  ['The Ferry on Sunday', 'sunday ferry', 'The [Ferry] on [Sunday]'],
  ['Café', 'cafe', '[Café]'],
  ['Cafe\u0301s', 'cafe', '[Cafe]\u0301s'],
  ['Straße 7', 'strasse', '[Straße] 7'],
  ['\u{1f6a2} ferry', 'ferry', '\u{1f6a2} [ferry]'],
  ['\u{10428} \u{10400}', '\u{10428}', '[\u{10428}] [\u{10400}]'],
  ['aaa', 'aa', '[aa]a'],
  ['nothing', 'ferry', 'nothing'],
  ['', 'ferry', ''],
])('%s, looked through for %s', (text, sought, expected) => {
  expect(marked(text, sought)).toBe(expected);
});

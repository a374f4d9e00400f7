/** A piece of what somebody wrote; an address can be opened. */
export type TextPart = { readonly text: string; readonly href?: string };

/** Without what turns directions or cannot be seen: what is shown is where it leads. */
const addresses = /\bhttps?:\/\/[^\s\p{Cc}\p{Cf}<>"]+/giu;

/** No server takes a longer one, and to parse one takes time that grows faster than it. */
const longest = 2_048;

export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(addresses)) {
    const address = withoutPunctuation(found);
    const { href } = (address.length <= longest && URL.parse(address)) || {};
    if (href === undefined) continue;
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: address, href });
    end = index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

const punctuation = new Set(".,:;!?'’”»*_~");

/** What ends the sentence does not belong to the address; a bracket that it opened itself does. */
function withoutPunctuation(address: string): string {
  let unopened = 0;
  for (const character of address) {
    if (character === ')') unopened += 1;
    else if (character === '(') unopened -= 1;
  }
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1);
    if (last === ')' && unopened > 0) unopened -= 1;
    else if (!punctuation.has(last)) break;
  }
  return address.slice(0, end);
}

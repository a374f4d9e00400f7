/** A piece of what somebody wrote; an address can be opened. */
export type TextPart = { readonly text: string; readonly href?: string };

/** Without what turns directions or cannot be seen: what is shown is where it leads. */
const addresses = /\bhttps?:\/\/[^\s\p{Cc}\p{Cf}<>"]+/giu;

export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(addresses)) {
    const address = withoutPunctuation(found);
    const { href } = URL.parse(address) ?? {};
    if (href === undefined) continue;
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: address, href });
    end = index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** What ends the sentence does not belong to the address; a bracket that it opened itself does. */
function withoutPunctuation(address: string): string {
  const bare = address.replace(/[.,:;!?'’”»*_~]+$/u, '');
  const opened = bare.split('(').length;
  return bare.endsWith(')') && bare.split(')').length > opened ? withoutPunctuation(bare.slice(0, -1)) : bare;
}

import { addressEnd } from './address-end.ts';

/** A piece of what somebody wrote; an address can be opened. */
export type TextPart = { readonly text: string; readonly href?: string };

/**
 * Without what turns directions or cannot be seen: what is shown is where it leads. Nor with the signs that end a text in East Asia, or
 * beyond another address that follows without a blank.
 */
const addresses =
  /(?<![a-z\d])https?:\/\/(?:(?!(?<=[^!-~])https?:\/\/)[^\s\p{Cc}\p{Cf}<>"“”\u3001-\u3004\u3008-\u3020\u3030\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65])+/giu;

/** No server takes a longer one, and to parse one takes time that grows faster than it. */
const longest = 2_048;

export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(addresses)) {
    const address = found.slice(0, addressEnd(found));
    const url = address.length <= longest && !mixedHost.test(address) && URL.parse(address);
    if (!url) continue;
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: imitates.test(address) ? url.href : address, href: url.href });
    end = index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Letters of other scripts that look like Latin ones. */
const lookalike = '\\p{sc=Cyrl}\\p{sc=Grek}\\p{sc=Armn}\\p{sc=Cher}';
/** Both in one name of a host: nobody can see where that leads. */
const mixedHost = new RegExp(`^[a-z]+://[^/?#]*(?:[a-z][${lookalike}]|[${lookalike}][a-z])`, 'iu');
/** Under a Latin top-level domain such a name may be made to pass for another: it is shown as browsers ask for it. */
const imitates = new RegExp(`^[a-z]+://[^/?#]*[${lookalike}][^/?#]*\\.[a-z]+(?:[/?#:]|$)`, 'iu');

import type { Encoding } from './text-edits.ts';

/** In these the characters of mark-up are one byte each, and never a part of another character. */
const likeAscii = /^(?:utf-?8|us-ascii|ascii|iso-8859-\d+|latin-?1|windows-125\d)$/i;
const declared = /^<\?xml[^>]{0,200}\sencoding\s*=\s*["']([\w.-]{1,40})["']/;

export type Encoded = {
  /** Of the mark that some write before the text. */
  readonly mark: number;
  readonly encoding: Encoding;
  readonly isBigEndian: boolean;
};

/** How a text of mark-up is encoded, by its first bytes: XML 1.0, appendix F. Undefined for what cannot be told or is none. */
export function encodingOf(bytes: Buffer): Encoded | undefined {
  const opening = bytes.toString('hex', 0, 4);
  if (/^(?:feff|003c00)/.test(opening))
    return { mark: opening.startsWith('fe') ? 2 : 0, encoding: 'utf16le', isBigEndian: true };
  if (/^(?:fffe|3c00)/.test(opening) && !opening.endsWith('0000'))
    return { mark: opening.startsWith('ff') ? 2 : 0, encoding: 'utf16le', isBigEndian: false };
  const mark = opening.startsWith('efbbbf') ? 3 : 0;
  const head = bytes.toString('latin1', mark, mark + 300);
  const name = declared.exec(head)?.[1] ?? 'utf-8';
  return /^\s*</.test(head) && likeAscii.test(name)
    ? { mark, encoding: 'latin1', isBigEndian: false }
    : undefined;
}

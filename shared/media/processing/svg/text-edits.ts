/** What stands between two places of a text is to be this. */
export type Edit = { readonly from: number; readonly to: number; readonly by: string };

/** How the characters of a text lie in its bytes. */
export type Encoding = 'latin1' | 'utf16le';

/** The bytes with these edits, which follow one another; all others as they were. */
export function edited(bytes: Buffer, edits: readonly Edit[], encoding: Encoding): Buffer {
  const width = encoding === 'latin1' ? 1 : 2;
  const parts: Buffer[] = [];
  let at = 0;
  for (const { from, to, by } of edits) {
    parts.push(bytes.subarray(at * width, from * width), Buffer.from(by, encoding));
    at = to;
  }
  return Buffer.concat([...parts, bytes.subarray(at * width)]);
}

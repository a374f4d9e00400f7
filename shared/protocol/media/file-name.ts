/** What every file system takes as a name, in bytes of UTF-8. */
const mostBytes = 255;

/** What nobody sees or what turns directions; and what makes a path, a stream or a pattern of a name somewhere. */
const forbidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800/\\:*?"<>|]/gu;
/** To compose a long row of marks takes time that grows with its square, and no script needs so many. */
const excessMarks = /(\p{M}{30})\p{M}+/gu;
/** Hidden files, options of programs, blanks that Windows drops. */
const before = /^[\s.-]+/u;
const after = /[\s.]/u;
/** Devices of Windows, with any extension. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\s*(?:\.|$))/iu;

/**
 * The name under which a file that somebody else has named can be kept anywhere: one name and no path, visible, in
 * composed form, nothing that a program or a system takes for something else. Empty where nothing is left of it.
 */
export function cleanFileName(name: string): string {
  const visible = name.replace(forbidden, '').replace(excessMarks, '$1').normalize('NFC');
  const plain = withoutTail(visible.replace(before, ''));
  return shortened(device.test(plain) ? `_${plain}` : plain);
}

/** By hand, as an expression for the end of a text tries at each place of it. */
function withoutTail(name: string): string {
  let end = name.length;
  while (end > 0 && after.test(name.charAt(end - 1))) end -= 1;
  return name.slice(0, end);
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Keeps the extension, by which programs know the file. */
function shortened(name: string): string {
  if (bytesOf(name) <= mostBytes) return name;
  const extension = /\.[^.]{1,20}$/u.exec(name)?.[0] ?? '';
  let stem = name.slice(0, Math.min(mostBytes, name.length - extension.length));
  while (bytesOf(stem + extension) > mostBytes) stem = stem.slice(0, -1);
  // Of a character that was cut in half nothing stays.
  return withoutTail(stem.replace(/\p{Cs}$/u, '')) + extension;
}

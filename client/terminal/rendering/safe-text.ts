/** C0 (tab and line breaks are dealt with before), DEL and C1: the alphabet of terminal escape sequences. */
const controls = /\p{Cc}/gu;
/** Bidirectional overrides, zero-width and tag characters, but not the joiners that emoji and Persian need. */
const invisible = /(?![\u200c\u200d])\p{Cf}|[\u2028\u2029]/gu;

/** Other people's text on one line: it can move no cursor, change no title, forge no line and turn no direction. */
export function safeLine(text: string): string {
  return safeLines(text).join(' ');
}

/** The same, line by line. */
export function safeLines(text: string): readonly string[] {
  return text
    .toWellFormed()
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/u)
    .map((line) => line.replaceAll('\t', '  ').replace(controls, '\ufffd').replace(invisible, ''));
}

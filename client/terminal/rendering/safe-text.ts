import { withoutExcessMarks, withoutHidden } from '../../../shared/protocol/name-characters.ts';

/** C0 (tab and line breaks are dealt with before), DEL and C1: the alphabet of terminal escape sequences. */
const controls = /\p{Cc}/gu;
/** The formats that Unicode calls neither ignorable nor for directions, such as those of Arabic numbers. */
const formats = /(?!\p{Default_Ignorable_Code_Point})\p{Cf}/gu;

/** Other people's text on one line: it can move no cursor, change no title, forge no line and turn no direction. */
export function safeLine(text: string): string {
  return safeLines(text).join(' ');
}

/** The same, line by line. */
export function safeLines(text: string): readonly string[] {
  return text
    .toWellFormed()
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/u)
    .map((line) =>
      withoutExcessMarks(
        withoutHidden(line.replaceAll('\t', '  ').replace(controls, '\ufffd')).replace(formats, ''),
      ),
    );
}

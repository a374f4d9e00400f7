/** Emoji that need invisible parts: joined ones, flags of regions, key caps. */
const emoji =
  '\\p{Extended_Pictographic}\\p{Emoji_Modifier}?\\uFE0F?(?:\\u200D\\p{Extended_Pictographic}\\p{Emoji_Modifier}?\\uFE0F?)+' +
  '|\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{3,6}\\u{E007F}' +
  '|\\p{Extended_Pictographic}\\p{Emoji_Modifier}?\\uFE0F' +
  '|[0-9#*]\\uFE0F\\u20E3';
/** Scripts whose spelling uses the joiners, as Persian does inside a word. */
const joinedLetter =
  '[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}' +
  '\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}]';
/** Before a letter only: between marks it changes nothing, and programs that measure texts take ages over a row of them. */
const joiner = `(?<=${joinedLetter})[\\u200C\\u200D](?=${joinedLetter})(?=\\p{Letter})`;
/** Controls, direction overrides, zero-width characters, fillers that look like nothing, annotations, noncharacters. */
const hidden =
  '[\\p{Control}\\p{Bidi_Control}\\p{Default_Ignorable_Code_Point}\\uFFF9-\\uFFFB\\p{Noncharacter_Code_Point}]';

const keptOrHidden = new RegExp(`(${emoji}|${joiner})|${hidden}`, 'gu');
const blanks = /[\s\u2800]+/gu;
const visible = /[^\s\p{Mark}\p{Control}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** More marks on one letter than any script needs; composing a long row of them takes time that grows with its square. */
const excessMarks = /(\p{Mark}{30})\p{Mark}+/gu;

/** Without what deceives or hides, whatever else it is. */
export const withoutHidden = (text: string): string => text.replace(keptOrHidden, '$1');

export const withoutExcessMarks = (text: string): string => text.replace(excessMarks, '$1');

const composed = (text: string): string => withoutExcessMarks(text).normalize('NFC');

const strip = (text: string): string => composed(withoutHidden(composed(text))).trim();

/** One line of visible characters in their composed form; what could deceive or hide is gone. */
export const cleanName = (text: string): string =>
  strip(text.replace(blanks, ' ')).replace(blanks, ' ').trim();

/** As a name, line by line. */
export const cleanLines = (text: string): string =>
  text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(cleanName)
    .join('\n')
    .trim();

export const isVisible = (text: string): boolean => visible.test(text);

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Characters as a reader counts them. */
export const graphemes = (text: string): number => [...segmenter.segment(text)].length;

import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

/**
 * How many columns a terminal may give a text at most. Where several characters make one cluster, string-width counts one of
 * them; many terminals add up a letter and its spacing vowel signs (Thai, Lao, the scripts of India), the parts of an emoji,
 * and what is invisible elsewhere.
 */
export const mostColumns = (text: string): number =>
  [...stripVTControlCharacters(text)].reduce((sum, character) => sum + columnsOf(character), 0);

/** Vowels and final consonants of Hangul, which go into the square of the consonant before. */
const inSquare = /[\u1160-\u11ff]/;
/** All of East Asia's blocks, their gaps, marks and fillers among it: nothing or one column here, two elsewhere. */
const twoColumns = /[\u115f\u2e80-\ua4cf\ufe10-\ufe1f\ufe30-\ufe6f\u{16fe0}-\u{1b2ff}]/u;
/** Marks that every terminal puts over or under a letter; of younger ones many terminals know nothing and give them a column. */
const markOfOld =
  /[\u0300-\u034e\u0350-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0658\u0670\u0901\u0902\u093c\u0941-\u0948\u094d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a]/u;
const oneColumn = /\p{M}|\p{Cf}|\uffa0|\ufe0f/u;

const measured = (character: string): number => {
  if (inSquare.test(character) || markOfOld.test(character)) return 0;
  if (twoColumns.test(character)) return 2;
  return Math.max(stringWidth(character), oneColumn.test(character) ? 1 : 0);
};

/** The characters of the last texts: string-width goes through the list of all emoji for each. */
const known = new Map<string, number>();
const mostKnown = 4_096;

function columnsOf(character: string): number {
  const found = known.get(character);
  if (found !== undefined) return found;
  if (known.size >= mostKnown) known.clear();
  const columns = measured(character);
  known.set(character, columns);
  return columns;
}

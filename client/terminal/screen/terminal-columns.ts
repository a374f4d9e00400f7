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
const hangulFiller = /[\u115f\u3164]/;
const oneColumn = /\p{Mc}|\p{Cf}|\uffa0|\ufe0f/u;

const columnsOf = (character: string): number => {
  if (inSquare.test(character)) return 0;
  if (hangulFiller.test(character)) return 2;
  return Math.max(stringWidth(character), oneColumn.test(character) ? 1 : 0);
};

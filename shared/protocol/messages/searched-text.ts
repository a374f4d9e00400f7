/** Of Latin, Greek and Cyrillic letters; those of other scripts are letters of their own. */
const accents = /[\u0300-\u036f]/g;

/** As it is compared: without regard to case, accents and the width of characters; `ß` is `ss`. */
export function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(accents, '').normalize('NFC').toUpperCase();
}

/** What is sought, by white space; each of it has to be in a text, and within a word does. */
export function soughtTerms(text: string): readonly string[] {
  return folded(text)
    .split(/\s+/u)
    .filter((term) => term !== '');
}

export const isSearchable = (text: string): boolean => soughtTerms(text).length > 0;

import { ibanStructures } from './iban-structures.ts';
import type { Span } from './span.ts';

const opening = /(?<![A-Za-z0-9])(?:IBAN)?([A-Z])[ .-]?([A-Z])[ .-]?[0-9][ .-]?[0-9]/gi;
const separators = /[\s\p{Dash_Punctuation}\u2212\u2800._·•/]/u;
const alphanumeric = /[A-Z0-9]/i;
// Prose has few digits, an account number has many.
const fewestDigits = 8;

/** ISO 13616-1: MOD 97-10 of ISO/IEC 7064 over the rearranged number, letters as 10 to 35. */
const passesMod97 = (iban: string): boolean => {
  const numeric = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(Number.parseInt(letter, 36)),
  );
  return BigInt(numeric) % 97n === 1n;
};

type Account = { readonly compact: string; readonly end: number };

/** Reads letters and digits past single or double separators until the length is reached. */
const read = (text: string, start: number, length: number): Account | undefined => {
  let compact = '';
  let gap = 0;
  for (let at = start; at < text.length && gap <= 3; at += 1) {
    const character = text.charAt(at);
    if (alphanumeric.test(character)) {
      compact += character.toUpperCase();
      gap = 0;
      if (compact.length === length) return { compact, end: at + 1 };
    } else if (separators.test(character)) gap += 1;
    else return undefined;
  }
  return undefined;
};

const ibanAt = (text: string, country: string, start: number): Span | undefined => {
  const structure = ibanStructures.get(country);
  const account = structure && read(text, start, structure.length);
  if (structure === undefined || account === undefined || alphanumeric.test(text.charAt(account.end)))
    return undefined;
  const { compact, end } = account;
  const digits = compact.replace(/[A-Z]/g, '').length;
  const isIban =
    structure.accountShape.test(compact.slice(4)) && digits >= fewestDigits && passesMod97(compact);
  return isIban ? { start, end } : undefined;
};

/** The international bank account numbers in the plain text. */
export const findIbans = (text: string): readonly Span[] =>
  [...text.matchAll(opening)].flatMap(({ 0: written, 1: first = '', 2: second = '', index }) => {
    const prefix = /^IBAN/i.test(written) ? 4 : 0;
    return ibanAt(text, (first + second).toUpperCase(), index + prefix) ?? [];
  });

import { findIbans } from './iban.ts';
import { hasNationalId } from './national-ids/find-national-id.ts';
import { hasPaymentCard } from './payment-card.ts';
import { plainText } from './plain-text.ts';
import type { Span } from './span.ts';

/** Coarse on purpose: which country's id it was is itself a fact about a person. */
export type SensitiveKind = 'payment-card' | 'bank-account' | 'national-id';

export type SensitiveDataOptions = {
  /** ISO 3166-1 alpha-2: countries whose national ids count without a word beside them. */
  readonly nationalIdCountries?: readonly string[];
};

const digit = /\p{Number}/u;
// Numbers in addresses of pages are names of things; the bound keeps the search linear.
const links = /(?<![A-Za-z0-9])(?:[a-z][a-z0-9+.-]{1,15}:\/\/|www\.)[!-~]+/gi;

/** The text without the spans, which come in order and apart. */
const without = (text: string, spans: readonly Span[]): string =>
  [...spans, { start: text.length, end: text.length }]
    .map(({ start }, index) => text.slice(spans[index - 1]?.end ?? 0, start))
    .join(' account ');

/** The kinds of sensitive data in a text, never the values. */
export const findSensitiveData = (
  text: string,
  { nationalIdCountries = [] }: SensitiveDataOptions = {},
): readonly SensitiveKind[] => {
  if (!digit.test(text)) return [];
  const plain = plainText(text).replace(links, ' link ');
  const ibans = findIbans(plain);
  // The digits of an account are not looked at again: some would make a card number.
  const rest = without(plain, ibans);
  const found: SensitiveKind[] = [];
  if (hasPaymentCard(rest)) found.push('payment-card');
  if (ibans.length > 0) found.push('bank-account');
  if (hasNationalId(rest, nationalIdCountries)) found.push('national-id');
  return found;
};

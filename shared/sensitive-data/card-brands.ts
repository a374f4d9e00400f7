import { passesLuhn } from './luhn.ts';

type Brand = {
  /** Leading digits as inclusive ranges of equal width. */
  readonly prefixes: readonly (readonly [from: string, to: string])[];
  readonly lengths: readonly number[];
  /** Lengths that other numbers have far more often: a card only where the text says so. */
  readonly rareLengths?: readonly number[];
};

const one = (prefix: string): readonly [string, string] => [prefix, prefix];

/**
 * ISO/IEC 7812-1 gives a card number its form and its check digit, and leaves the ranges to the schemes, which publish
 * no common list. These were compared on 28 November 2026 with Braintree's `credit-card-type` 10.3.0. They are wider
 * than that list where it cuts a range into issuers (UnionPay's 62, RuPay's 60). Lengths that other numbers have far more often are
 * rare here: 18 digits are a Chinese resident number, 13 a barcode.
 */
const brands: readonly Brand[] = [
  // Visa
  { prefixes: [one('4')], lengths: [16, 19], rareLengths: [13, 18] },
  // Mastercard
  {
    prefixes: [
      ['51', '55'],
      ['2221', '2720'],
    ],
    lengths: [16],
  },
  // American Express
  { prefixes: [one('34'), one('37')], lengths: [15] },
  // Diners Club
  {
    prefixes: [['300', '305'], one('3095'), one('36'), ['38', '39']],
    lengths: [14, 16, 19],
    rareLengths: [15, 17, 18],
  },
  // Discover
  { prefixes: [one('6011'), ['644', '649'], one('65')], lengths: [16, 19], rareLengths: [17, 18] },
  // JCB
  { prefixes: [['3528', '3589']], lengths: [16, 19], rareLengths: [17, 18] },
  { prefixes: [one('1800'), one('2131')], lengths: [], rareLengths: [15] },
  // UnionPay
  { prefixes: [one('62'), ['8100', '8171']], lengths: [16, 17, 18, 19], rareLengths: [14, 15] },
  // Maestro
  {
    prefixes: [
      one('5018'),
      one('5020'),
      one('5038'),
      one('5893'),
      one('6304'),
      one('6759'),
      ['6761', '6763'],
    ],
    lengths: [16, 17, 18, 19],
    rareLengths: [12, 13, 14, 15],
  },
  // Maestro's whole ranges
  {
    prefixes: [one('50'), ['56', '58'], one('639'), one('67')],
    lengths: [16, 19],
    rareLengths: [12, 13, 14, 15, 17, 18],
  },
  // Mir
  { prefixes: [['2200', '2204']], lengths: [16, 19], rareLengths: [17, 18] },
  // RuPay
  { prefixes: [one('60'), one('508'), ['817', '829'], one('353'), one('356')], lengths: [16] },
  // Hipercard
  {
    prefixes: [one('637095'), one('637568'), one('637599'), one('637609'), one('637612'), one('384')],
    lengths: [16],
    rareLengths: [13, 19],
  },
  // Elo, whose other ranges lie within Visa's, Discover's and UnionPay's
  {
    prefixes: [one('504175'), ['506699', '506778'], one('509'), one('636297'), one('636368')],
    lengths: [16],
  },
  // Verve
  {
    prefixes: [['506099', '506198'], ['507865', '507964'], one('506')],
    lengths: [16, 19],
    rareLengths: [18],
  },
  // Dankort, Troy
  { prefixes: [one('5019'), one('9792')], lengths: [16] },
];

const hasPrefix = (digits: string, [from, to]: readonly [string, string]): boolean => {
  const lead = digits.slice(0, from.length);
  return lead >= from && lead <= to;
};

/** Whether the digits are a card number of a known brand; `rare` adds the lengths that need a word beside them. */
export const isCardNumber = (digits: string, rare: boolean): boolean =>
  passesLuhn(digits) &&
  brands.some(
    ({ prefixes, lengths, rareLengths = [] }) =>
      (lengths.includes(digits.length) || (rare && rareLengths.includes(digits.length))) &&
      prefixes.some((range) => hasPrefix(digits, range)),
  );

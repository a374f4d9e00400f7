import { bounded } from './bounded.ts';
import { baseThirtySix, isOneDigit } from './check-sums.ts';
import type { NationalId } from './national-id.ts';

const checkDigit = (digits: string): number => {
  const sum = [...digits].reduce(
    (total, digit, index) => total + Number(digit) * (digits.length + 1 - index),
    0,
  );
  return ((sum * 10) % 11) % 10;
};

/**
 * CPF. Two check digits modulo 11, with the weights 10 to 2 and 11 to 2, as the Receita Federal's forms check them; the
 * norm of the number itself, Instrução Normativa RFB 2.172 of 2024, says nothing about them.
 */
const cpf: NationalId = {
  country: 'BR',
  pattern: /(?<![\dA-Za-z]|\d[-.])\d{3}[. ]?\d{3}[. ]?\d{3}[-. ]?\d{2}(?![\dA-Za-z]|[-.]\d)/g,
  isValid: (compact) =>
    !/^(\d)\1*$/.test(compact) &&
    checkDigit(compact.slice(0, 9)) === Number(compact.charAt(9)) &&
    checkDigit(compact.slice(0, 10)) === Number(compact.charAt(10)),
  words: /\b(?:cpf|cadastro de pessoas? físicas?)\b/iu,
  isTelling: (written) => /^\d{3}\.\d{3}\.\d{3}-\d{2}$/.test(written),
};

const cnpjDigit = (characters: string): number => {
  const sum = [...characters].reverse().reduce((total, each, index) => {
    // Letters count as their ASCII code less 48.
    const value = /\d/.test(each) ? Number(each) : baseThirtySix(each) + 7;
    return total + value * (2 + (index % 8));
  }, 0);
  return ((11 - (sum % 11)) % 11) % 10;
};

/** CNPJ, with letters since July 2026: two check digits modulo 11. Instrução Normativa RFB 2.229 of 2024. */
const cnpj: NationalId = {
  country: 'BR',
  pattern: bounded(String.raw`[A-Z\d]{2}\.?[A-Z\d]{3}\.?[A-Z\d]{3} ?/? ?[A-Z\d]{4} ?-? ?\d{2}`),
  isValid: (compact) =>
    !isOneDigit(compact) &&
    cnpjDigit(compact.slice(0, 12)) === Number(compact.charAt(12)) &&
    cnpjDigit(compact.slice(0, 13)) === Number(compact.charAt(13)),
  words: /\bcnpj\b|cadastro nacional/iu,
  isTelling: () => true,
};

export const brazil: readonly NationalId[] = [cpf, cnpj];

import * as fc from 'fast-check';
import { findSensitiveData } from '../../../shared/sensitive-data/find-sensitive-data.ts';
import { bareIdLines } from './corpus/ids.ts';
import { publishedIds } from './corpus/published.ts';

const card = '4111111111111111';

test.each([
  [
    '4111 1111 1111 1111 to DE89 3704 0044 0532 0130 00, ssn 123-45-6789',
    ['payment-card', 'bank-account', 'national-id'],
  ],
  ['hello', []],
  ['', []],
  ['the digits of DE28 5105 1051 7540 7324 93 are no card', ['bank-account']],
] as const)('%s: %j', (text, kinds) => {
  expect(findSensitiveData(text)).toEqual(kinds);
});

describe('what surrounds a card number decides', () => {
  test.each([
    `${card}`,
    `(${card})`,
    `${card}.`,
    `card #${card}`,
    `${card}/123`,
    `${card}, 12/27`,
    `order, then pay on arrival with the ${card}`,
    `4111 1111 1111 1111 2027 card`,
    `卡${card}`,
  ])('found: %s', (text) => {
    expect(findSensitiveData(text)).toEqual(['payment-card']);
  });

  test.each([
    `1${card}`,
    `${card}1`,
    `0000${card}`,
    `a${card}`,
    `${card}b`,
    `0.${card}`,
    `${card}.50`,
    `$${card}`,
    `+${card}`,
    `12-${card}`,
    `#${card}`,
    `order ${card}`,
    `https://a.example/${card}/x`,
    '9405 4111 1111 1111 1111 90',
    '4111 1111 1111 1112',
    '4111 1111 1111',
    '4222222222222',
  ])('not found: %s', (text) => {
    expect(findSensitiveData(text)).toEqual([]);
  });
});

test.each(bareIdLines)(
  '$text counts without a word where the operator named $country alone',
  ({ country, text }) => {
    expect(findSensitiveData(text)).toEqual([]);
    expect(findSensitiveData(text, { nationalIdCountries: [country] })).toEqual(['national-id']);
    expect(findSensitiveData(text, { nationalIdCountries: ['NZ'] })).toEqual([]);
  },
);

test.each([
  'ssn 000-12-3456',
  'ssn 666-12-3456',
  'ssn 912-12-3456',
  'ssn 123-00-4567',
  '주민번호 901301-1234568',
  'cpf 529.982.247-26',
  'cpf 111.111.111-11',
  'dni 12345678A',
  'nie X1234567A',
  'national insurance BG123456C',
  'aadhaar 2341 2341 2347',
  'aadhaar 1341 2341 2346',
  '身份证 110105194912310021',
  '身份证 11010519491331002X',
  'sécu 2 55 08 14 168 025 39',
  'sécu 2 55 15 14 168 025 38',
])('%s does not check out', (text) => {
  expect(findSensitiveData(text)).toEqual([]);
});

test('one wrong digit hides a card and an account from every disguise', async () => {
  await fc.assert(
    fc.property(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
      const wrong = [...card]
        .map((digit, index) => (index === place ? String((Number(digit) + by) % 10) : digit))
        .join('');
      expect(findSensitiveData(wrong)).toEqual([]);
      const iban = [...'3704004405320130'].map((digit, index) =>
        index === place ? String((Number(digit) + by) % 10) : digit,
      );
      expect(findSensitiveData(`DE89 ${iban.join('')}00`)).not.toContain('bank-account');
    }),
  );
});

test.each([
  '2026 4111 1111 1111 1111',
  '4111 1111 1111 1111 2028',
  '5555 5555 5555 4444 0930 737',
  '4111-1111-1111-1111-2028',
  '2026-4111-1111-1111-1111',
  '2026\n4111 1111 1111 1111',
  '4111 1111 1111 1111 1228 123',
  '4111 1111 1111 1111 12/28 123',
  '12/28 4111 1111 1111 1111',
  '41 11 11 11 11 11 11 11 12 28',
  '2026 3782 822463 10005 1234',
  '4111_1111_1111_1111_2028',
  '1999 2026 4111 1111 1111 1111',
  '12.05.2026 4111111111111111',
  '(2026) 4111 1111 1111 1111',
])('a card stands out from a year, the end of its validity or its code beside it: %j', (text) => {
  expect(findSensitiveData(text)).toEqual(['payment-card']);
});

test.each([
  '2024 2025 2026 2027 2028',
  '1111 2222 3333 4444 5555 6666',
  '1234 4111 1111 1111 1111 5678 9012',
])('groups of which no part is a card beside its date stay what they are: %j', (text) => {
  expect(findSensitiveData(text)).toEqual([]);
});

test.each([
  '5641 8200 0000 0005',
  '5000 5500 0000 0029',
  '5041 7500 0000 0003',
  '2200 7000 0000 0004 42',
  '5060 9905 8000 0217 499',
])('beside the word, every range and length of a brand counts: %s', (number) => {
  const digits = number.replaceAll(' ', '');
  const checked = [...'0123456789'].map((digit) => digits.slice(0, -1) + digit);
  expect(
    checked.filter((each) => findSensitiveData(`my card ${each}`).includes('payment-card')),
  ).toHaveLength(1);
});

test.each(publishedIds)(
  '$country: $text is found by the word, and alone where the country is named',
  ({ country, text }) => {
    expect(findSensitiveData(text)).toContain('national-id');
    const alone = text.replace(/^.*?\s(?=[A-Z\d][A-Z\d. /()-]*$)/u, '');
    // Without a check digit, or as long as any number: only beside its word.
    const unsure = ['20.123.456', '234123412346'].includes(alone);
    const found = findSensitiveData(`x ${alone}`, { nationalIdCountries: [country] });
    expect(found.includes('national-id')).toBe(!unsure);
  },
);

test('invisible characters anywhere hide nothing', async () => {
  const invisible = fc.constantFrom(
    '\u200B',
    '\u200D',
    '\u2060',
    '\uFEFF',
    '\u00AD',
    '\uFE0F',
    '\u202E',
    '\u3164',
  );
  const secrets = fc.constantFrom(
    '4111 1111 1111 1111',
    '5555-5555-5555-4444',
    'DE89 3704 0044 0532 0130 00',
    'ssn 123-45-6789',
  );
  await fc.assert(
    fc.property(secrets, fc.array(fc.tuple(fc.nat(30), invisible)), (secret, inserted) => {
      const disguised = inserted.reduce<string>(
        (text, [at, hidden]) => text.slice(0, at) + hidden + text.slice(at),
        secret,
      );
      expect(findSensitiveData(disguised)).toEqual(findSensitiveData(secret));
      expect(findSensitiveData(disguised)).toHaveLength(1);
    }),
  );
});

test('any text is answered with known kinds, each once', async () => {
  await fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const kinds = findSensitiveData(text, { nationalIdCountries: ['US', 'KR'] });
      expect(new Set(kinds).size).toBe(kinds.length);
    }),
  );
});

test.each([
  '1',
  '4 ',
  '4111 ',
  '4111-',
  'de89 ',
  'de89',
  'card 12-',
  'a:',
  'www.',
  '1\u200B',
  '\u0660',
  '1\u0301',
  ' ',
  'order ',
  '12.',
  'AB',
  '\uFDFA1',
  '1990-',
  'D E 8 9 ',
])('a long row of %j takes no more than its length (a search that goes back would not end)', (part) => {
  const kinds = findSensitiveData(`${part.repeat(20_000)} card 1`);
  expect(kinds.length).toBeLessThanOrEqual(3);
});

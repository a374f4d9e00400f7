import { type Mutant, mutantsOf } from '../mutant.ts';

/** Who is let in. */
export const age: readonly Mutant[] = [
  ...mutantsOf(
    'shared/consent/grant-consent.ts',
    ['test/shared/consent/grant-consent.test.ts'],
    [
      [
        'a refusal is not remembered',
        'await deps.ageRefusals.refuse(',
        'void (async (..._: unknown[]) => undefined)(',
      ],
      ['a refusal is looked at by the first attempt only', 'decision, gate);', 'decision);'],
      ['an operator who vouches is refused too', "ageDecidedBy === 'declared' ? gateOf", 'true ? gateOf'],
      ['a declared age is enough everywhere', 'if (isWeaker(', 'if (false && isWeaker('],
    ],
  ),
  ...mutantsOf(
    'shared/stores/consents/age-refusal.ts',
    ['test/shared/stores/consents/age-refusal-store.test.ts'],
    [
      ['a refusal counts for as long as DynamoDB leaves it there', '&& expiresAt > epochSeconds(now)', ''],
      ['the digest has no key', "createHmac('sha256', secret)", "createHmac('sha256', '')"],
    ],
  ),
  ...mutantsOf(
    'shared/stores/consents/consent-store.ts',
    ['test/shared/stores/consents/age-refusal-store.test.ts'],
    [
      ['a line is appended whatever was refused', '[put, unrefused]', '[put]'],
      ['a refusal has no end for the ledger', ' OR expiresAt <= :now', ' OR expiresAt < :now'],
    ],
  ),
  ...mutantsOf(
    'infra/configuration/jurisdictions.ts',
    [
      'test/infra/configuration/jurisdictions.test.ts',
      'test/infra/configuration/parse-configuration.test.ts',
    ],
    [
      ['any two letters are a country', '!countries.has(country)', '!/^[A-Z]{2}$/.test(country)'],
      ['any part is one', 'parts[country]?.has(part) ?? ', ''],
    ],
  ),
];

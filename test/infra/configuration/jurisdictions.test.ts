import { isReachedJurisdiction } from '../../../infra/configuration/jurisdictions.ts';
import { jurisdictions } from '../../../shared/consent/jurisdictions.ts';

test('every jurisdiction of the built-in table can be overridden', () => {
  for (const { jurisdiction } of jurisdictions)
    expect([jurisdiction, isReachedJurisdiction(jurisdiction)]).toEqual([jurisdiction, true]);
});

test('a country code is one of the 249, or that of Kosovo', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const reached = letters.flatMap((one) => letters.map((other) => one + other)).filter(isReachedJurisdiction);
  expect(reached).toHaveLength(250);
  // What the runtime knows by no name, or by another, is no country code.
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  for (const code of reached) {
    expect([code, typeof names.of(code)]).toEqual([code, 'string']);
    expect(new Intl.Locale(`und-${code}`).region).toBe(code);
  }
});

test.each(['GB', 'GB-ENG', 'KR-11', 'US-TX', 'CA-QC', 'XK'])('%s is reached', (code) => {
  expect(isReachedJurisdiction(code)).toBe(true);
});

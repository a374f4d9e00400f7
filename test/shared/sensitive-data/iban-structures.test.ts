import { ibanStructures } from '../../../shared/sensitive-data/iban-structures.ts';

test('lengths are those of the registry', () => {
  const lengths = Object.fromEntries([...ibanStructures].map(([country, { length }]) => [country, length]));
  expect(lengths).toMatchObject({
    NO: 15,
    BE: 16,
    NL: 18,
    DE: 22,
    GB: 22,
    ES: 24,
    FR: 27,
    LC: 32,
    MT: 31,
    RU: 33,
    GR: 27,
    CH: 21,
  });
  for (const [country, { length }] of ibanStructures) {
    expect(country).toMatch(/^[A-Z]{2}$/);
    expect(length).toBeGreaterThanOrEqual(15);
    expect(length).toBeLessThanOrEqual(34);
  }
});

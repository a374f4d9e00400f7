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

/** Where the kinds of two parts of an account meet, as the registry has them. */
test.each([
  ['BY', 'A1B236009Z0000002Z00AB00', 'A1B2A600900000002Z00AB00'],
  ['DO', 'A1B200000001212453611324', 'A1B2C0000001212453611324'],
  ['GE', 'NB0000000101904917', '1B0000000101904917'],
  ['IE', 'AIBK93115212345678', 'A1BK93115212345678'],
  ['PK', 'SCBLZ000001123456702', '1CBL0000001123456702'],
  ['PS', 'PALSZ00000000400123456702', '1ALS000000000400123456702'],
  ['TR', '000610Z519786457841326', '00061Z0519786457841326'],
  ['VG', 'VPVG0000012345678901', '1PVG0000012345678901'],
])('%s takes an account of the shape in the registry and no other', (country, right, wrong) => {
  const { accountShape } = ibanStructures.get(country) ?? {};
  expect(accountShape?.test(right)).toBe(true);
  expect(accountShape?.test(wrong)).toBe(false);
});

import { ageTableVersion, jurisdictions } from '../../../shared/consent/jurisdictions.ts';

const isoDate = /^\d{4}-\d{2}-\d{2}$/;
const oneYear = 366 * 24 * 60 * 60 * 1000;

const agesByJurisdiction = `
AT 14, BE 13, BG 14, HR 16, CY 14, CZ 15, DK 15, EE 13, FI 13, FR 15, DE 16, GR 15, HU 16, IE 16, IT 14, LV 13,
LT 14, LU 16, MT 13, NL 16, PL 16, PT 13, RO 16, SK 16, SI 15, ES 14, SE 13, IS 13, LI 16, NO 13, GB 13, CH 16,
RS 15, SM 16, RU 18, US 13, CA 13, CA-QC 14, BR 18, CL 14, CO 14, PE 14, VE 14, AR 13, KR 14, CN 14, JP 16, IN 18,
AU 16, NZ 16, HK 18, SG 13, VN 16, ID 18, MY 18, PH 18, TH 20, ZA 18, KE 18`;

test('the table has exactly the reviewed rows', () => {
  const expected = agesByJurisdiction.split(',').map((entry) => entry.trim());
  expect(jurisdictions.map((row) => `${row.jurisdiction} ${row.minimumAge}`).sort()).toEqual(expected.sort());
});

test.each(jurisdictions.map((row) => [row.jurisdiction, row] as const))(
  '%s is a well-formed row',
  (_, row) => {
    expect(row.jurisdiction).toMatch(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/);
    expect(row.minimumAge).toBeGreaterThanOrEqual(13);
    expect(row.minimumAge).toBeLessThanOrEqual(21);
    expect(row.source).not.toBe('');
    expect(['high', 'medium', 'low']).toContain(row.confidence);
    expect(row.asOf).toMatch(isoDate);
    expect(row.asOf <= ageTableVersion).toBe(true);
  },
);

test('a row with a first day states the age that applies before it', () => {
  const changing = jurisdictions.filter((row) => row.effectiveFrom !== undefined);
  expect(changing.map((row) => row.jurisdiction).sort()).toEqual(['DK', 'IN']);
  for (const row of changing) {
    expect(row.effectiveFrom).toMatch(isoDate);
    expect(row.minimumAgeBefore).toEqual(expect.any(Number));
  }
});

test('the version of the table is a date', () => {
  expect(ageTableVersion).toMatch(isoDate);
  expect(new Date(ageTableVersion).toISOString().slice(0, 10)).toBe(ageTableVersion);
});

test('no row was reviewed more than a year ago: review it against its source and set asOf', () => {
  const stale = jurisdictions.filter((row) => Date.now() - Date.parse(row.asOf) > oneYear);
  expect(stale.map((row) => row.jurisdiction)).toEqual([]);
});

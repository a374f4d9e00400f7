import * as fc from 'fast-check';
import { isJurisdiction } from '../../../shared/consent/jurisdiction-code.ts';
import { decideAge, minimumAge } from '../../../shared/consent/minimum-age.ts';

const now = new Date('2026-11-23T20:00:00Z');
const day = 24 * 60 * 60 * 1000;

describe('minimumAge', () => {
  test.each([
    ['KR', {}, 14],
    ['CA', {}, 13],
    ['CA-QC', {}, 14],
    ['CA-ON', {}, 13],
    ['US-TX', {}, 13],
    ['US-TX', { US: 16 }, 16],
    ['US-TX', { US: 16, 'US-TX': 18 }, 18],
    ['US', { 'US-TX': 18 }, 13],
    ['CA-QC', { CA: 16 }, 16],
    ['CH', {}, 16],
    ['XK', { XK: 16 }, 16],
    ['KR', { KR: 0 }, 0],
  ])('%s with %j is %i', (jurisdiction, overrides, age) => {
    expect(minimumAge(jurisdiction, overrides, now)).toBe(age);
  });

  test.each([
    'XX',
    'XX-YY',
    '',
    'kr',
    'KOR',
    'CA-',
    'CA-QC ',
    ' KR',
    'KR\n',
    'UK',
    'AW',
    'constructor',
    '__proto__',
  ])('%j has no known age', (jurisdiction) => {
    expect(minimumAge(jurisdiction, {}, now)).toBeUndefined();
  });

  test.each([-1, 13.5, Number.NaN, 151])('an override of %d lets nobody in', (age) => {
    expect(minimumAge('KR', { KR: age }, now)).toBeUndefined();
  });

  test('a row applies from its first day, and the stated age before', () => {
    expect(minimumAge('DK', {}, new Date('2023-12-31T23:59:59Z'))).toBe(13);
    expect(minimumAge('DK', {}, new Date('2024-01-01T00:00:00Z'))).toBe(15);
    expect(minimumAge('IN', {}, now)).toBe(18);
    expect(minimumAge('IN', {}, new Date('2027-06-01T00:00:00Z'))).toBe(18);
  });

  test('what is not a jurisdiction code never has an age', async () => {
    await fc.assert(
      fc.property(fc.string(), (code) => {
        fc.pre(!isJurisdiction(code));
        expect(minimumAge(code, { [code]: 13 }, now)).toBeUndefined();
      }),
    );
  });
});

describe('decideAge by birth date', () => {
  test.each([
    ['KR', '2012-11-23', '2026-11-22T23:59:59Z', 'not-met', 'the 23rd in Korea, the 22nd by UTC'],
    ['KR', '2012-11-23', '2026-11-23T00:00:00Z', 'met', 'the birthday by both'],
    ['DE', '2012-11-23', '2026-11-23T00:00:00Z', 'met', 'the birthday by both'],
    ['US', '2012-11-23', '2026-11-23T09:59:59Z', 'not-met', 'still the 22nd in Honolulu'],
    ['US-NY', '2012-11-23', '2026-11-23T09:59:59Z', 'not-met', 'the zones of a part are not known'],
    ['US', '2012-11-23', '2026-11-23T10:00:00Z', 'met', 'the birthday in all fifty states'],
    ['XK', '2012-11-23', '2026-11-23T11:59:59Z', 'not-met', 'no zone is known: still the 22nd somewhere'],
    ['XK', '2012-11-23', '2026-11-23T12:00:00Z', 'met', 'the birthday has come everywhere'],
    ['no code', '2012-11-23', '2026-11-23T11:59:59Z', 'not-met', 'likewise'],
    ['KR', '2012-02-29', '2026-02-28T23:00:00Z', 'not-met', '28 February is not the birthday'],
    ['KR', '2012-02-29', '2026-03-01T00:00:00Z', 'met', '1 March is, without a 29th'],
    ['KR', '2012-02-29', '2028-02-29T00:00:00Z', 'met', 'a leap year'],
    ['KR', '1990-01-01', '2026-11-23T20:00:00Z', 'met', 'an adult'],
    ['KR', '2026-11-23', '2026-11-23T20:00:00Z', 'not-met', 'born today'],
    ['KR', '2026-11-24', '2026-11-23T20:00:00Z', 'invalid', 'the future'],
    ['KR', '1800-01-01', '2026-11-23T20:00:00Z', 'invalid', 'older than anybody'],
    ['KR', '1876-11-23', '2026-11-23T20:00:00Z', 'met', '150 exactly'],
    ['KR', '1875-11-23', '2026-11-23T20:00:00Z', 'invalid', '151'],
  ] as const)('in %s, %s at %s is %s: %s', (jurisdiction, birthDate, instant, decision, _) => {
    expect(decideAge({ birthDate, jurisdiction }, 14, new Date(instant))).toBe(decision);
  });

  test.each([
    '2023-02-29',
    '1900-02-29',
    '2000-13-01',
    '2000-00-10',
    '2000-04-31',
    '2000-1-1',
    '20000101',
    '2000-01-01T00:00Z',
    ' 2000-01-01',
    '2000-01-01\n',
    '+002000-01-01',
    '',
    '٢٠٠٠-٠١-٠١',
    'yesterday',
  ])('%j is no date', (birthDate) => {
    expect(decideAge({ birthDate, jurisdiction: 'KR' }, 14, now)).toBe('invalid');
  });

  test('a clock that is no time decides nothing', () => {
    expect(decideAge({ birthDate: '1990-01-01', jurisdiction: 'KR' }, 14, new Date(Number.NaN))).toBe(
      'invalid',
    );
  });

  test.each([
    ['KR', 0],
    ['US', 10],
    ['XK', 12],
  ])(
    'in %s the decision turns %i hours after the midnight of UTC and never back',
    async (jurisdiction, hours) => {
      const dates = fc.date({
        min: new Date('2007-01-01'),
        max: new Date('2020-12-31'),
        noInvalidDate: true,
      });
      await fc.assert(
        fc.property(
          dates,
          fc.integer({ min: 13, max: 25 }),
          fc.integer({ min: 0, max: 400 * day }),
          (born, age, later) => {
            const birthDate = born.toISOString().slice(0, 10);
            const birthday = Date.UTC(
              born.getUTCFullYear() + age,
              born.getUTCMonth(),
              born.getUTCDate(),
              hours,
            );
            expect(decideAge({ birthDate, jurisdiction }, age, new Date(birthday - 1))).toBe('not-met');
            expect(decideAge({ birthDate, jurisdiction }, age, new Date(birthday + later))).toBe('met');
          },
        ),
      );
    },
  );
});

describe('decideAge by band', () => {
  test.each([
    [[13, 15], 13, 'met'],
    [[13, 15], 14, 'not-met'],
    [[16, 17], 16, 'met'],
    [[18, null], 18, 'met'],
    [[0, null], 13, 'not-met'],
    [[0, 12], 13, 'not-met'],
    [[14, 14], 14, 'met'],
    [[15, 13], 13, 'invalid'],
    [[-1, 15], 13, 'invalid'],
    [[13.5, 15], 13, 'invalid'],
    [[18, 151], 13, 'invalid'],
    [[Number.NaN, null], 13, 'invalid'],
  ] as const)('%j against %i is %s', (ageBand, age, decision) => {
    expect(decideAge({ ageBand }, age, now)).toBe(decision);
  });

  test('a band is met exactly when each age in it would be', async () => {
    const age = fc.integer({ min: 0, max: 150 });
    await fc.assert(
      fc.property(age, age, age, (one, other, threshold) => {
        const from = Math.min(one, other);
        const met = decideAge({ ageBand: [from, Math.max(one, other)] }, threshold, now) === 'met';
        expect(met).toBe(from >= threshold);
        expect(decideAge({ ageBand: [from, null] }, threshold, now)).toBe(met ? 'met' : 'not-met');
      }),
    );
  });
});

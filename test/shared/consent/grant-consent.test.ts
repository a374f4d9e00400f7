import fc from 'fast-check';
import {
  type GrantConsentDeps,
  type GrantRequest,
  grantConsent,
} from '../../../shared/consent/grant-consent.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { ageRefusalKey, isRefused } from '../../../shared/stores/consents/age-refusal.ts';
import type { ConsentEntry } from '../../../shared/stores/consents/consent-entry.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import type { Step } from '../../support/step.ts';

const secret = Buffer.alloc(32);
const dayMillis = 86_400_000;
const start = Date.parse('2026-11-29T00:00:00Z');

/** The ledger and the refusals as DynamoDB keeps them; every call is a step. */
function world(step: Step = async (effect) => effect()) {
  const state = { now: start };
  const entries: ConsentEntry[] = [];
  const refusals = new Map<string, EpochSeconds>();
  const written: ('granted' | 'refused')[] = [];
  const read = (userId: string) => {
    const key = ageRefusalKey(secret, userId);
    return { key, expiresAt: refusals.get(key.userId) };
  };
  const deps: GrantConsentDeps = {
    ledger: {
      last: async () => step(() => entries.at(-1)),
      append: async (entry, unlessRefused) =>
        step(() => {
          const expiresAt = unlessRefused && refusals.get(unlessRefused.userId);
          if (unlessRefused && isRefused({ key: unlessRefused, expiresAt }, entry.decidedAt)) return false;
          if (entries.some((each) => each.entry === entry.entry)) return false;
          entries.push(entry);
          written.push('granted');
          return true;
        }),
    },
    ageRefusals: {
      read: async (userId) => step(() => read(userId)),
      refuse: async (userId, expiresAt) =>
        step(() => {
          refusals.set(ageRefusalKey(secret, userId).userId, expiresAt);
          written.push('refused');
        }),
    },
    policy: { version: '1', digest: 'd' },
    overrides: {},
    ageAssurance: 'declared',
    ageRefusalSeconds: dayMillis / 1000,
    now: () => epochMillis(state.now),
  };
  const grant = async (
    evidence: Partial<GrantRequest>,
    changed: Partial<GrantConsentDeps> = {},
    userId = 'ann',
  ) => {
    try {
      await grantConsent({ ...deps, ...changed }, userId, {
        policyVersion: '1',
        jurisdiction: 'KR',
        ...evidence,
      });
      return 'granted';
    } catch (error) {
      if (error instanceof ProtocolError) return error.code;
      throw error;
    }
  };
  return { state, entries, refusals, written, grant };
}

const child = { birthDate: '2015-06-01' };
const adult = { birthDate: '1990-06-01' };

test('who was refused is refused until the time is over, whatever they say, and nothing they say prolongs it', async () => {
  const { state, entries, refusals, grant } = world();
  expect(await grant(child)).toBe('AGE_NOT_MET');
  const before = new Map(refusals);
  state.now = start + dayMillis - 1;
  for (const evidence of [adult, child, { ageBand: [18, null] as const }])
    expect(await grant(evidence as Partial<GrantRequest>)).toBe('AGE_NOT_MET');
  expect(refusals).toEqual(before);
  expect(await grant(adult, {}, 'ben')).toBe('granted');
  state.now = start + dayMillis;
  expect(await grant(adult)).toBe('granted');
  expect(entries.map(({ userId, ageDecidedBy }) => [userId, ageDecidedBy])).toEqual([
    ['ben', 'declared'],
    ['ann', 'declared'],
  ]);
});

test('what is refused for another reason than the age is not remembered', async () => {
  const { refusals, grant } = world();
  expect(await grant({ ...child, policyVersion: '0' })).toBe('CONSENT_STALE');
  expect(await grant({ ...child, jurisdiction: 'ZZ' })).toBe('JURISDICTION_UNKNOWN');
  expect(await grant({ birthDate: '2027-01-01' })).toBe('INVALID_FRAME');
  expect(refusals.size).toBe(0);
  expect(await grant(adult)).toBe('granted');
});

test('an operator who vouches for the age is bound by no refusal, and the ledger says how the age was known', async () => {
  const { entries, grant } = world();
  expect(await grant(child)).toBe('AGE_NOT_MET');
  expect(await grant({ vouchedFor: 'operator' })).toBe('granted');
  expect(await grant({ vouchedFor: 'attested' })).toBe('granted');
  expect(await grant({ ...adult, vouchedFor: 'operator' })).toBe('INVALID_FRAME');
  expect(entries.map(({ ageDecidedBy }) => ageDecidedBy)).toEqual(['operator', 'attested']);
});

test.each([
  ['declared', { declared: 'granted', operator: 'granted', attested: 'granted' }],
  ['operator', { declared: 'AGE_NOT_ASSURED', operator: 'granted', attested: 'granted' }],
  ['attested', { declared: 'AGE_NOT_ASSURED', operator: 'AGE_NOT_ASSURED', attested: 'granted' }],
] as const)('where the operator demands %s', async (ageAssurance, expected) => {
  const { refusals, grant } = world();
  expect({
    declared: await grant(adult, { ageAssurance }),
    operator: await grant({ vouchedFor: 'operator' }, { ageAssurance }),
    attested: await grant({ vouchedFor: 'attested' }, { ageAssurance }),
  }).toEqual(expected);
  // A date that does not count is not looked at.
  if (ageAssurance !== 'declared') await grant(child, { ageAssurance });
  expect(refusals.size).toBe(0);
});

test('of attempts at the same time none is granted once another has been refused', async () => {
  const outcomes = new Set<string>();
  const attempts = fc.array(fc.constantFrom(child, adult), { minLength: 2, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), attempts, async (s, said) => {
      const { written, grant } = world(async (effect) => {
        await s.schedule(Promise.resolve());
        return effect();
      });
      await s.waitFor(Promise.all(said.map(async (each) => grant(each))));
      const refusedAt = written.indexOf('refused');
      if (refusedAt !== -1) expect(written.slice(refusedAt)).not.toContain('granted');
      outcomes.add(written.join(' '));
    }),
    { numRuns: 500 },
  );
  expect(outcomes).toContain('granted refused');
});

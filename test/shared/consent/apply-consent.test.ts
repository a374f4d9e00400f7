import fc from 'fast-check';
import { applyConsent } from '../../../shared/consent/apply-consent.ts';
import { recordDecision } from '../../../shared/consent/record-decision.ts';
import type { ConsentEntry } from '../../../shared/stores/consents/consent-entry.ts';
import { epochMillis } from '../../../shared/time.ts';
import type { Step } from '../../support/step.ts';

const policy = { version: '1', digest: 'd' };

test('of decisions made at the same time the last line of the ledger is what every membership says', async () => {
  const decision = fc.constantFrom<'granted' | 'withdrawn'>('granted', 'withdrawn');
  const decisions = fc.array(decision, { minLength: 1, maxLength: 4 });
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), decisions, async (s, made) => {
      const step: Step = async (effect) => {
        await s.schedule(Promise.resolve());
        return effect();
      };
      const ledger: ConsentEntry[] = [];
      const suspended = { one: false, other: false };
      const set = async (to: boolean) => {
        for (const id of ['one', 'other'] as const)
          await step(() => {
            suspended[id] = to;
          });
      };
      const deps = {
        ledger: {
          last: async () => step(() => ledger.at(-1)),
          append: async (next: ConsentEntry) =>
            step(() => ledger.length === next.entry - 1 && ledger.push(next) > 0),
        },
        conversations: { suspendUser: async () => set(true), resumeUser: async () => set(false) },
        policy,
      };
      const decide = async (each: 'granted' | 'withdrawn') => {
        await recordDecision(deps.ledger, 'alice', {
          decision: each,
          purpose: 'chat',
          policyVersion: policy.version,
          policyDigest: policy.digest,
          decidedAt: epochMillis(1),
        });
        await applyConsent(deps, 'alice', each);
      };
      await s.waitFor(Promise.all(made.map(decide)));
      const isWithdrawn = ledger.at(-1)?.decision === 'withdrawn';
      expect(suspended).toEqual({ one: isWithdrawn, other: isWithdrawn });
      outcomes.add(String(isWithdrawn));
    }),
    { numRuns: 500 },
  );
  expect(outcomes.size).toBe(2);
});

test('consent to an older policy is none', async () => {
  const acts: string[] = [];
  const entry: ConsentEntry = {
    userId: 'alice',
    entry: 1,
    decision: 'granted',
    purpose: 'chat',
    policyVersion: '0',
    policyDigest: 'd',
    decidedAt: epochMillis(1),
  };
  const conversations = {
    suspendUser: async () => void acts.push('suspend'),
    resumeUser: async () => void acts.push('resume'),
  };
  await applyConsent({ ledger: { last: async () => entry }, conversations, policy }, 'alice', 'granted');
  expect(acts).toEqual(['resume', 'suspend']);
});

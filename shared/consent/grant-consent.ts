import { type AgeAssurance, ageAssurances } from '../configuration/age-assurance.ts';
import type { GrantFrame } from '../protocol/consent/frames.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { isRefused } from '../stores/consents/age-refusal.ts';
import type { AgeRefusalStore } from '../stores/consents/age-refusal-store.ts';
import type { Policy } from '../stores/consents/consent-entry.ts';
import type { ConsentStore } from '../stores/consents/consent-store.ts';
import { type Clock, epochSeconds } from '../time.ts';
import { ageTableVersion } from './jurisdictions.ts';
import { decideAge, minimumAge } from './minimum-age.ts';
import { type AgeGate, recordDecision } from './record-decision.ts';

export type GrantConsentDeps = {
  readonly ledger: Pick<ConsentStore, 'last' | 'append'>;
  readonly ageRefusals: AgeRefusalStore;
  readonly policy: Policy;
  readonly overrides: Readonly<Record<string, number>>;
  /** The least that the operator accepts. */
  readonly ageAssurance: AgeAssurance;
  readonly ageRefusalSeconds: number;
  readonly now: Clock;
};

/** Age evidence is a date, a band, or the word of an operator whose app has asked: exactly one of them. */
export type GrantRequest = Pick<GrantFrame, 'policyVersion' | 'jurisdiction' | 'birthDate' | 'ageBand'> & {
  readonly vouchedFor?: Exclude<AgeAssurance, 'declared'> | undefined;
};

/**
 * Age first, before anything is written: the date or band decides here and goes no further. Who was refused is refused
 * for a while whatever they say next; only an operator who vouches for the age is not bound by that.
 */
export async function grantConsent(
  deps: GrantConsentDeps,
  userId: string,
  request: GrantRequest,
): Promise<void> {
  const decidedAt = deps.now();
  const today = new Date(decidedAt);
  const age = minimumAge(request.jurisdiction, deps.overrides, today);
  // A date that cannot be is a bad frame, whatever the jurisdiction.
  const outcome = decide(request, age ?? 0, today);
  if (outcome === 'invalid') throw new ProtocolError('INVALID_FRAME');
  if (request.policyVersion !== deps.policy.version) throw new ProtocolError('CONSENT_STALE');
  if (age === undefined) throw new ProtocolError('JURISDICTION_UNKNOWN');
  const ageDecidedBy = request.vouchedFor ?? 'declared';
  if (isWeaker(ageDecidedBy, deps.ageAssurance)) throw new ProtocolError('AGE_NOT_ASSURED');
  const gate = ageDecidedBy === 'declared' ? gateOf(deps, userId) : undefined;
  await gate?.();
  if (outcome !== 'met') {
    await deps.ageRefusals.refuse(userId, epochSeconds(decidedAt + deps.ageRefusalSeconds * 1000));
    throw new ProtocolError('AGE_NOT_MET');
  }
  const decision = {
    decision: 'granted',
    ageDecidedBy,
    purpose: 'chat',
    policyVersion: deps.policy.version,
    policyDigest: deps.policy.digest,
    decidedAt,
    jurisdiction: request.jurisdiction,
    minimumAge: age,
    ageTableVersion,
  } as const;
  await recordDecision(deps.ledger, userId, decision, gate);
}

const isWeaker = (given: AgeAssurance, demanded: AgeAssurance): boolean =>
  ageAssurances.indexOf(given) < ageAssurances.indexOf(demanded);

const gateOf =
  ({ ageRefusals, now }: GrantConsentDeps, userId: string): AgeGate =>
  async () => {
    const refusal = await ageRefusals.read(userId);
    if (isRefused(refusal, now())) throw new ProtocolError('AGE_NOT_MET');
    return refusal.key;
  };

function decide(
  { birthDate, jurisdiction, ageBand, vouchedFor }: GrantRequest,
  threshold: number,
  today: Date,
): ReturnType<typeof decideAge> {
  if ([birthDate, ageBand, vouchedFor].filter((each) => each !== undefined).length !== 1) {
    throw new ProtocolError('INVALID_FRAME');
  }
  if (birthDate !== undefined) return decideAge({ birthDate, jurisdiction }, threshold, today);
  if (ageBand !== undefined) return decideAge({ ageBand }, threshold, today);
  return 'met';
}

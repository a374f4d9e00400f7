import type { GrantFrame } from '../protocol/consent/frames.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { ConsentStore } from '../stores/consents/consent-store.ts';
import type { Clock } from '../time.ts';
import { type ApplyConsentDeps, applyConsent } from './apply-consent.ts';
import { ageTableVersion } from './jurisdictions.ts';
import { decideAge, minimumAge } from './minimum-age.ts';
import { recordDecision } from './record-decision.ts';

export type GrantConsentDeps = ApplyConsentDeps & {
  readonly ledger: Pick<ConsentStore, 'append'>;
  readonly overrides: Readonly<Record<string, number>>;
  readonly now: Clock;
};

/** Age evidence is a date, a band, or the word of an operator whose app has asked: exactly one of them. */
export type GrantRequest = Pick<GrantFrame, 'policyVersion' | 'jurisdiction' | 'birthDate' | 'ageBand'> & {
  readonly ageMet?: true | undefined;
};

/** Age first, before anything is written: the date or band decides here and goes no further. */
export async function grantConsent(
  deps: GrantConsentDeps,
  userId: string,
  frame: GrantRequest,
): Promise<void> {
  const decidedAt = deps.now();
  const today = new Date(decidedAt);
  const age = minimumAge(frame.jurisdiction, deps.overrides, today);
  // A date that cannot be is a bad frame, whatever the jurisdiction.
  const outcome = decide(frame, age ?? 0, today);
  if (outcome === 'invalid') throw new ProtocolError('INVALID_FRAME');
  if (frame.policyVersion !== deps.policy.version) throw new ProtocolError('CONSENT_STALE');
  if (age === undefined) throw new ProtocolError('JURISDICTION_UNKNOWN');
  if (outcome !== 'met') throw new ProtocolError('AGE_NOT_MET');
  await recordDecision(deps.ledger, userId, {
    decision: 'granted',
    ...(frame.ageMet === true && { ageDecidedBy: 'operator' as const }),
    purpose: 'chat',
    policyVersion: deps.policy.version,
    policyDigest: deps.policy.digest,
    decidedAt,
    jurisdiction: frame.jurisdiction,
    minimumAge: age,
    ageTableVersion,
  });
  await applyConsent(deps, userId, 'granted');
}

function decide(
  { birthDate, jurisdiction, ageBand, ageMet }: GrantRequest,
  threshold: number,
  today: Date,
): ReturnType<typeof decideAge> {
  if ([birthDate, ageBand, ageMet].filter((each) => each !== undefined).length !== 1) {
    throw new ProtocolError('INVALID_FRAME');
  }
  if (birthDate !== undefined) return decideAge({ birthDate, jurisdiction }, threshold, today);
  if (ageBand !== undefined) return decideAge({ ageBand }, threshold, today);
  return 'met';
}

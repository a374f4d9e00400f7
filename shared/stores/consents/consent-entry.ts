import { createHash } from 'node:crypto';
import type { AgeAssurance } from '../../configuration/age-assurance.ts';
import type { ConsentState } from '../../protocol/consent/table.ts';
import type { EpochMillis } from '../../time.ts';

/** The policy in force, as the operator configured it. */
export type Policy = { readonly version: string; readonly digest: string };

/** Tells policies apart where there is no room for their names: in the connection table. */
export function policyFingerprint({ version, digest }: Policy): string {
  return createHash('sha256').update(`${version}\n${digest}`).digest('base64url').slice(0, 12);
}

/** One line of the append-only ledger. Holds the decision about the age, never the birth date. */
export type ConsentEntry = {
  readonly userId: string;
  /** 1, 2, 3 … per user. */
  readonly entry: number;
  readonly decision: 'granted' | 'withdrawn';
  readonly purpose: 'chat';
  readonly policyVersion: string;
  readonly policyDigest: string;
  readonly decidedAt: EpochMillis;
  readonly jurisdiction?: string;
  readonly minimumAge?: number;
  readonly ageTableVersion?: string;
  /** Of a grant: how the age was known. Entries of earlier releases without it were declared. */
  readonly ageDecidedBy?: AgeAssurance;
};

/** What the last line of a ledger means under the policy in force. */
export function consentState(last: ConsentEntry | undefined, policy: Policy): ConsentState {
  if (last === undefined) return 'none';
  if (last.decision === 'withdrawn') return 'withdrawn';
  const current = last.policyVersion === policy.version && last.policyDigest === policy.digest;
  return current ? 'granted' : 'stale';
}

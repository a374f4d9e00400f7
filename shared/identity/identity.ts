import * as z from 'zod/mini';
import type { ConsentState } from '../protocol/consent/table.ts';
import type { SenderProfile } from '../protocol/profile/table.ts';
import { type ClaimedIds, reachClaim, roomsClaim } from '../reach/claimed-ids.ts';
import { noConsent } from '../stores/connections/connection.ts';
import { type Policy, policyFingerprint } from '../stores/consents/consent-entry.ts';

/** What the authorizer found out, strings only; API Gateway repeats it on every message of the connection. */
export type AuthorizerContext = {
  readonly userId: string;
  readonly consent: ConsentState;
  readonly policyVersion: string;
  readonly policyDigest: string;
  readonly tokenExpiresAt: string;
  /** Whom the token lets them reach, where the operator goes by a claim: see `reachClaim`. */
  readonly reach?: string;
  /** Likewise which rooms it lets them into: see `roomsClaim`. */
  readonly rooms?: string;
} & SenderProfile;

export type Identity = {
  readonly userId: string;
  /** Whether the user has agreed to the policy that is in force now. */
  readonly consented: boolean;
  /** The mark of the policy agreed to when the socket was opened; the same for as long as the socket lives. */
  readonly consentedPolicy: string;
  /** Epoch seconds. */
  readonly tokenExpiresAt: number;
  /** Whom their token lets them reach, where the operator goes by a claim. */
  readonly reach?: ClaimedIds;
  /** Likewise which rooms it lets them into. */
  readonly rooms?: ClaimedIds;
  /** What the token says of the user, where profiles are not stored. */
  readonly profile?: SenderProfile;
};

const context = z.object({
  userId: z.string().check(z.minLength(1)),
  consent: z.enum(['none', 'granted', 'stale', 'withdrawn']),
  policyVersion: z.string(),
  policyDigest: z.string(),
  tokenExpiresAt: z.coerce.number().check(z.int()),
  reach: z.exactOptional(z.string()),
  rooms: z.exactOptional(z.string()),
  nickname: z.exactOptional(z.string()),
  avatarUrl: z.exactOptional(z.string()),
});

/** Consent counts for the policy that the socket was opened under, and that must still be the one in force. */
export function readIdentity(authorizer: unknown, policy: Policy): Identity {
  const { userId, consent, policyVersion, policyDigest, tokenExpiresAt, reach, rooms, ...profile } =
    context.parse(authorizer);
  const consentedPolicy =
    consent === 'granted' ? policyFingerprint({ version: policyVersion, digest: policyDigest }) : noConsent;
  return {
    userId,
    consented: consentedPolicy === policyFingerprint(policy),
    consentedPolicy,
    tokenExpiresAt,
    ...(reach !== undefined && { reach: reachClaim.decode(reach) }),
    ...(rooms !== undefined && { rooms: roomsClaim.decode(rooms) }),
    ...(Object.keys(profile).length > 0 && { profile }),
  };
}

import { tokenProfile } from '../profiles/token-profile.ts';
import { encodeReachClaim } from '../reach/reach-claim.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { Policy } from '../stores/consents/consent-entry.ts';
import type { ConsentReader } from '../stores/consents/current-consent.ts';
import type { Headers } from './header.ts';
import type { AuthorizerContext } from './identity.ts';
import { offeredToken } from './sub-protocol.ts';
import type { VerifyToken } from './verify-token.ts';

export type IdentifyDeps = {
  readonly verify: VerifyToken;
  readonly consent: ConsentReader;
  readonly policy: Policy;
  readonly profilesStored: boolean;
  /** Whether whom somebody may reach is said by their token. */
  readonly goesByClaim: boolean;
  readonly metrics: Metrics;
};

/** Who asks for a socket; undefined for a token that is not to be trusted. */
export async function identify(deps: IdentifyDeps, headers: Headers): Promise<AuthorizerContext | undefined> {
  try {
    const token = await deps.verify(offeredToken(headers) ?? '');
    if (token === undefined) return undefined;
    return {
      userId: token.userId,
      consent: await deps.consent(token.userId),
      policyVersion: deps.policy.version,
      policyDigest: deps.policy.digest,
      tokenExpiresAt: String(token.expiresAt),
      ...(deps.goesByClaim && { reach: encodeReachClaim(token.reach) }),
      ...(!deps.profilesStored && tokenProfile(token)),
    };
  } catch (error) {
    deps.metrics.put({ AuthorizerErrors: 1 });
    throw error;
  }
}

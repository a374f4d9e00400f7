import { tokenProfile } from '../profiles/token-profile.ts';
import { reachClaim, roomsClaim } from '../reach/claimed-ids.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { Policy } from '../stores/consents/consent-entry.ts';
import type { ConsentReader } from '../stores/consents/current-consent.ts';
import type { Headers } from './header.ts';
import type { AuthorizerContext } from './identity.ts';
import { offeredToken } from './sub-protocol.ts';
import type { TokenClaims, VerifyToken } from './verify-token.ts';

export type IdentifyDeps = {
  readonly verify: VerifyToken;
  readonly consent: ConsentReader;
  readonly policy: Policy;
  readonly profilesStored: boolean;
  /** Under which claims of a token it says whom somebody may reach and which rooms they may come into, where it does. */
  readonly claims: TokenClaims;
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
      ...(deps.claims.reach !== undefined && { reach: reachClaim.encode(token.reach) }),
      ...(deps.claims.rooms !== undefined && { rooms: roomsClaim.encode(token.rooms) }),
      ...(!deps.profilesStored && tokenProfile(token)),
    };
  } catch (error) {
    deps.metrics.put({ AuthorizerErrors: 1 });
    throw error;
  }
}

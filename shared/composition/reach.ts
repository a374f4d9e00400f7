import { admitNamed } from '../reach/admit-named.ts';
import type { Naming } from '../reach/may-reach.ts';
import type { Environment } from '../runtime/environment.ts';
import { merged } from './compose.ts';
import { now, policyFingerprint, reach } from './settings.ts';
import { connectionRows, consent, conversationRows, memberships } from './stores.ts';

/** Who of those that somebody names is waited for; rejects where one of them may not be reached. */
export const admit = (environment: Environment) => {
  const deps = {
    reach: reach(environment),
    conversations: merged(conversationRows, memberships)(environment),
    connections: connectionRows(environment),
    consent: consent(environment),
    policyFingerprint: policyFingerprint(environment),
    now: now(),
  };
  return async (naming: Naming, isReached = false) => admitNamed(deps, naming, isReached);
};

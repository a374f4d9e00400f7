import { admitNamed } from '../reach/admit-named.ts';
import type { Naming } from '../reach/may-reach.ts';
import type { Environment } from '../runtime/environment.ts';
import { merged, together } from './compose.ts';
import { senderIds } from './senders.ts';
import { now, policyFingerprint, reach } from './settings.ts';
import { connectionRows, consent, conversationRows, memberships } from './stores.ts';

const asking = together({
  conversations: merged(conversationRows, memberships),
  connections: connectionRows,
  consent,
  policyFingerprint,
  senders: senderIds,
  now,
});

/** Who of those that somebody names is waited for; rejects where one of them may not be reached. */
export const admit = (environment: Environment) => {
  const deps = { reach: reach(environment), ...asking(environment) };
  return async (naming: Naming, isReached = false) => admitNamed(deps, naming, isReached);
};

/** The same for the operator, who may name anybody. */
export const admitAnybody = (environment: Environment) => {
  const deps = { ...asking(environment), reach: 'anyone' } as const;
  return async (naming: Naming, isReached = false) => admitNamed(deps, naming, isReached);
};

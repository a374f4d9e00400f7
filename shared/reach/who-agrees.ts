import type { Connection } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { ConsentReader } from '../stores/consents/current-consent.ts';
import { type Clock, epochSeconds } from '../time.ts';

export type WhoAgreesDeps = {
  /** By the ledger. */
  readonly consent: ConsentReader;
  readonly connections: Pick<ConnectionStore, 'listNow'>;
  /** Of the policy in force. */
  readonly policyFingerprint: string;
  readonly now: Clock;
};

/**
 * Those of them who have agreed to the policy in force. Who has a socket that may be pushed to has: a withdrawal takes it away in the
 * same write. Of the others the ledger is asked.
 */
export async function whoAgrees(
  deps: WhoAgreesDeps,
  userIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const open = connectedAmong(deps, await deps.connections.listNow(userIds));
  const others = userIds.filter((userId) => !open.has(userId));
  const states = await Promise.all(
    others.map(async (userId) => [userId, await deps.consent(userId)] as const),
  );
  return new Set([...open, ...states.flatMap(([userId, state]) => (state === 'granted' ? [userId] : []))]);
}

/** Whose open sockets say that they have agreed. */
export function connectedAmong(
  { policyFingerprint, now }: Pick<WhoAgreesDeps, 'policyFingerprint' | 'now'>,
  connections: readonly Connection[],
): ReadonlySet<string> {
  const at = epochSeconds(now());
  const live = connections.filter(
    ({ consentedPolicy, expiresAt }) => consentedPolicy === policyFingerprint && expiresAt > at,
  );
  return new Set(live.map(({ userId }) => userId));
}

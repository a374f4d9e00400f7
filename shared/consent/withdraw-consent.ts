import { ack } from '../protocol/ack.ts';
import type { ConsentResult } from '../protocol/consent/table.ts';
import { type SayByeDeps, sayBye } from '../push/say-bye.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { ConsentStore } from '../stores/consents/consent-store.ts';
import type { Clock } from '../time.ts';
import { type ApplyConsentDeps, applyConsent } from './apply-consent.ts';
import { recordDecision } from './record-decision.ts';

export type WithdrawConsentDeps = SayByeDeps &
  ApplyConsentDeps & {
    readonly ledger: Pick<ConsentStore, 'append'>;
    readonly connections: Pick<ConnectionStore, 'listByUser' | 'remove'>;
    readonly now: Clock;
  };

export type Requester = { readonly connectionId: string; readonly frameId: string };

/**
 * Ledger first, so that whoever connects from now on is refused; then the memberships, which every send and read
 * looks at; then the other sockets; then the ack, and the asking socket last. Without a requester the operator asks.
 */
export async function withdrawConsent(
  deps: WithdrawConsentDeps,
  userId: string,
  requester?: Requester,
): Promise<void> {
  const { policy, gateway } = deps;
  await recordDecision(deps.ledger, userId, {
    decision: 'withdrawn',
    purpose: 'chat',
    policyVersion: policy.version,
    policyDigest: policy.digest,
    decidedAt: deps.now(),
  });
  await applyConsent(deps, userId, 'withdrawn');
  const open = await deps.connections.listByUser(userId);
  const isRequester = ({ connectionId }: { connectionId: string }) =>
    connectionId === requester?.connectionId;
  const cut = async (connections: typeof open) => {
    await Promise.all(connections.map((connection) => sayBye(deps, connection, 'CONSENT_WITHDRAWN')));
  };
  await cut(open.filter((connection) => !isRequester(connection)));
  if (requester === undefined) return;
  const result: ConsentResult = { state: 'withdrawn' };
  await gateway.push(
    requester.connectionId,
    new TextEncoder().encode(JSON.stringify(ack(requester.frameId, result))),
  );
  await cut(open.filter(isRequester));
}

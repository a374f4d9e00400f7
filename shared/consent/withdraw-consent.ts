import { type CutConnectionsDeps, cutConnections } from '../connections/cut-connections.ts';
import { ack } from '../protocol/ack.ts';
import type { ConsentResult } from '../protocol/consent/table.ts';
import { errorName } from '../runtime/error-name.ts';
import { type RecordWithdrawalDeps, recordWithdrawal } from './record-withdrawal.ts';

export type WithdrawConsentDeps = RecordWithdrawalDeps & CutConnectionsDeps;

export type Requester = { readonly connectionId: string; readonly frameId: string };

/**
 * The one write that decides; then the ack, and then every socket is ended. What cannot be closed now the clock closes. Without a
 * requester the operator asks.
 */
export async function withdrawConsent(
  deps: WithdrawConsentDeps,
  userId: string,
  requester?: Requester,
): Promise<void> {
  const ended = await recordWithdrawal(deps, userId);
  if (requester !== undefined) await sendAck(deps, requester);
  await cutConnections(deps, ended, 'CONSENT_WITHDRAWN');
}

/** It undoes nothing if it cannot be handed over: who asks again is told so. */
async function sendAck(deps: WithdrawConsentDeps, { connectionId, frameId }: Requester): Promise<void> {
  const result: ConsentResult = { state: 'withdrawn' };
  try {
    await deps.gateway.push(connectionId, new TextEncoder().encode(JSON.stringify(ack(frameId, result))));
  } catch (error) {
    deps.log.error('not acked', { connectionId, errorName: errorName(error) });
  }
}

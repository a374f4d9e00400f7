import { type CutConnectionsDeps, cutConnections } from '../connections/cut-connections.ts';
import { ack } from '../protocol/ack.ts';
import type { ConsentResult } from '../protocol/consent/table.ts';
import { errorName } from '../runtime/error-name.ts';
import { settleMillis } from '../time.ts';
import { type RecordWithdrawalDeps, recordWithdrawal } from './record-withdrawal.ts';

export type WithdrawConsentDeps = RecordWithdrawalDeps &
  CutConnectionsDeps & {
    /** From then on nothing says that they are there, or were. */
    readonly endPresence: (userId: string) => Promise<void>;
    /** Takes the tokens of their devices away. */
    readonly endPushDevices: (userId: string) => Promise<unknown>;
  };

export type Requester = { readonly connectionId: string; readonly frameId: string };

/**
 * The one write that decides; then the other sockets, then the ack, and the asking socket last, so that whoever has the ack gets
 * no message any more. What cannot be closed now the clock closes. Without a requester the operator asks.
 */
export async function withdrawConsent(
  deps: WithdrawConsentDeps,
  userId: string,
  requester?: Requester,
): Promise<void> {
  // Before it, so that a crash leaves no token of somebody who has withdrawn; and after it, for what was registered in between.
  await deps.endPushDevices(userId);
  const ended = await recordWithdrawal(deps, userId);
  await deps.endPushDevices(userId);
  await deps.endPresence(userId);
  const [own = [], others = []] = [true, false].map((isOwn) =>
    ended.filter((each) => (each.connectionId === requester?.connectionId) === isOwn),
  );
  const cut = cutConnections(deps, others, 'CONSENT_WITHDRAWN');
  if (requester === undefined) return void (await cut);
  // Whoever pushes finds the sockets by reads that may be stale: by then they are not, while the own socket is open still.
  await Promise.all([cut, deps.pause(settleMillis)]);
  await sendAck(deps, requester);
  await cutConnections(deps, own, 'CONSENT_WITHDRAWN');
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

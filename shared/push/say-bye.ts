import type { ByeReason } from '../protocol/session/table.ts';
import type { Push } from '../protocol/table.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { ConnectionGateway, PushOutcome } from './connection-gateway.ts';

/** API Gateway has no close code of ours, so the reason goes ahead in a frame. */
export async function sayBye(
  gateway: Pick<ConnectionGateway, 'push'>,
  { connectionId }: Connection,
  reason: ByeReason,
): Promise<PushOutcome> {
  const frame: Push = { type: 'bye', reason, reconnect: reason === 'TOKEN_EXPIRED' };
  return gateway.push(connectionId, new TextEncoder().encode(JSON.stringify(frame)));
}

import { ProtocolError } from '../protocol/errors.ts';
import { type Connection, connectionExpiry, noConsent } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { ConsentReader } from '../stores/consents/current-consent.ts';
import { epochMillis, epochSeconds } from '../time.ts';
import { type CloseExcessDeps, closeExcess } from './close-excess.ts';

export type OpenConnectionDeps = CloseExcessDeps & {
  readonly connections: Pick<ConnectionStore, 'add' | 'remove' | 'lookBy'>;
  readonly consent: ConsentReader;
  readonly graceSeconds: number;
};

export type Opening = {
  readonly userId: string;
  readonly connectionId: string;
  readonly connectedAt: number;
  readonly tokenExpiresAt: number;
  readonly consentedPolicy: string;
};

export function toConnection(opening: Opening, graceSeconds: number): Connection {
  const { userId, connectionId, connectedAt, tokenExpiresAt, consentedPolicy } = opening;
  return {
    userId,
    connectionId,
    connectedAt: epochMillis(connectedAt),
    expiresAt: connectionExpiry(connectedAt, tokenExpiresAt, graceSeconds),
    consentedPolicy,
  };
}

/**
 * Registers the connection, then looks at the consent again: a withdrawal writes its entry first and cuts
 * what is registered afterwards, so one of the two sees the other.
 */
export async function openConnection(deps: OpenConnectionDeps, opening: Opening): Promise<void> {
  const connection = toConnection(opening, deps.graceSeconds);
  const open = await deps.connections.add(connection, epochSeconds(deps.now()));
  if (opening.consentedPolicy !== noConsent && (await deps.consent(opening.userId)) !== 'granted') {
    await deps.connections.remove(connection);
    throw new ProtocolError('CONSENT_REQUIRED');
  }
  const { left } = await closeExcess(deps, open, connection);
  // Those that are about to open cannot be ended yet: the next run of the clock's finds them.
  if (left.length > 0) await deps.connections.lookBy(opening.userId, epochSeconds(deps.now()));
}

import { ProtocolError } from '../protocol/errors.ts';
import { mostAtConnect } from '../push/stay-live.ts';
import { type Connection, connectionExpiry, noConsent } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { ConsentReader } from '../stores/consents/current-consent.ts';
import { marginSeconds } from '../stores/live/live-shard.ts';
import type { LiveStore, NotedGroup } from '../stores/live/live-store.ts';
import type { SettingsStore } from '../stores/personal/settings-store.ts';
import { type EpochSeconds, epochMillis, epochSeconds } from '../time.ts';
import { type CloseExcessDeps, closeExcess } from './close-excess.ts';

export type OpenConnectionDeps = CloseExcessDeps & {
  readonly connections: Pick<ConnectionStore, 'add' | 'remove' | 'lookBy'>;
  readonly live: Pick<LiveStore, 'groupsOf' | 'noteGroups' | 'join'>;
  readonly consent: ConsentReader;
  readonly settings: Pick<SettingsStore, 'read' | 'copy'>;
  readonly graceSeconds: number;
  /** Those who have asked to be told. */
  readonly tellCame: (userId: string) => Promise<void>;
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
 * Registers the connection, with the user's large groups too, then looks at the consent again: a withdrawal writes its entry first
 * and cuts what is registered afterwards, so one of the two sees the other. So do this and the making of a group.
 */
export async function openConnection(deps: OpenConnectionDeps, opening: Opening): Promise<void> {
  const connection = toConnection(opening, deps.graceSeconds);
  const open = await deps.connections.add(connection, epochSeconds(deps.now()));
  if (opening.consentedPolicy !== noConsent) {
    const [groups] = await Promise.all([
      deps.live.groupsOf(opening.userId, mostAtConnect),
      copySettings(deps, opening.userId),
      requireConsent(deps, connection),
    ]);
    if (groups.length > 0) {
      await outlive(deps, connection, groups);
      await deps.live.join([connection], groups);
      await requireConsent(deps, connection);
    }
  }
  if (open.length === 1 && opening.consentedPolicy !== noConsent) await deps.tellCame(opening.userId);
  const { left } = await closeExcess(deps, open, connection);
  // Those that are about to open cannot be ended yet: the next run of the clock's finds them.
  if (left.length > 0) await deps.connections.lookBy(opening.userId, epochSeconds(deps.now()));
}

/** By its notes the rows of a connection are found again, so none of them ends before these do. */
async function outlive(
  { live }: OpenConnectionDeps,
  { userId, expiresAt }: Connection,
  groups: readonly NotedGroup[],
): Promise<void> {
  const rowsEnd = (expiresAt + marginSeconds) as EpochSeconds;
  const ending = groups.filter((note) => note.expiresAt < rowsEnd);
  if (ending.length > 0) await live.noteGroups([userId], ending, rowsEnd);
}

/** After the connection: a change either finds its row, or is found here. */
async function copySettings({ settings }: OpenConnectionDeps, userId: string): Promise<void> {
  const stored = await settings.read(userId);
  if (stored !== undefined) await settings.copy(userId, stored);
}

async function requireConsent(
  { consent, connections }: OpenConnectionDeps,
  connection: Connection,
): Promise<void> {
  if ((await consent(connection.userId)) === 'granted') return;
  await connections.remove(connection);
  throw new ProtocolError('CONSENT_REQUIRED');
}

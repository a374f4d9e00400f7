import { ack } from '../protocol/ack.ts';
import type { DevicesResult } from '../protocol/session/table.ts';
import { type Connection, newestFirst } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import { type Clock, epochSeconds } from '../time.ts';
import { type CutConnectionsDeps, cutConnections } from './cut-connections.ts';

export type ListDevicesDeps = {
  readonly connections: Pick<ConnectionStore, 'listByUser'>;
  readonly now: Clock;
};

export type EndDeviceDeps = CutConnectionsDeps & ListDevicesDeps & Pick<CutConnectionsDeps, 'connections'>;

type Asking = { readonly userId: string; readonly connectionId: string };

/** The user's open connections, newest first. */
export async function listDevices(
  { connections, now }: ListDevicesDeps,
  { userId, connectionId }: Asking,
): Promise<DevicesResult> {
  const at = epochSeconds(now());
  const open = (await connections.listByUser(userId)).filter(({ expiresAt }) => expiresAt > at);
  return devicesOf(open, connectionId);
}

/**
 * Closes that connection of the user's and lists those that are left; one that is closed already, or was never theirs, is
 * in no list. The one that asks gets its ack first, as a push, and nothing is answered then.
 */
export async function endDevice(
  deps: EndDeviceDeps,
  { userId, connectionId, frameId }: Asking & { readonly frameId: string },
  end: string,
): Promise<DevicesResult | undefined> {
  const open = await deps.connections.listByUser(userId);
  const ending = open.filter((each) => each.connectionId === end);
  if (end !== connectionId) {
    await cutConnections(deps, ending, 'ENDED');
    return listDevices(deps, { userId, connectionId });
  }
  const left = open.filter((each) => each.connectionId !== end);
  const data = new TextEncoder().encode(JSON.stringify(ack(frameId, devicesOf(left, connectionId))));
  await deps.gateway.push(connectionId, data);
  await cutConnections(deps, ending, 'ENDED');
  return undefined;
}

function devicesOf(open: readonly Connection[], connectionId: string): DevicesResult {
  const devices = newestFirst(open).map(({ connectionId: id, connectedAt }) => ({
    ...{ id, connectedAt },
    current: id === connectionId,
  }));
  return { devices };
}

import type { Connection } from '../stores/connections/connection.ts';
import { newestFirst } from '../stores/connections/connection.ts';
import { type CutConnectionsDeps, cutConnections } from './cut-connections.ts';

export type CloseExcessDeps = CutConnectionsDeps & {
  /** Sockets that one person may have open. */
  readonly connectionsPerUser: number;
};

/** Says bye to the oldest of a user's connections beyond the cap, and ends them. Returns those that could not be ended. */
export async function closeExcess(
  deps: CloseExcessDeps,
  open: readonly Connection[],
  own?: Connection,
): Promise<readonly Connection[]> {
  const isOwn = ({ connectionId }: Connection) => connectionId === own?.connectionId;
  const others = newestFirst(open.filter((each) => !isOwn(each)));
  const excess = others.slice(Math.max(0, deps.connectionsPerUser - (own === undefined ? 0 : 1)));
  return cutConnections(deps, excess, 'TOO_MANY_CONNECTIONS');
}

import type { Connection } from '../stores/connections/connection.ts';
import { newestFirst } from '../stores/connections/connection.ts';
import { type CutConnectionsDeps, cutConnections } from './cut-connections.ts';

export type CloseExcessDeps = CutConnectionsDeps & {
  /** Sockets that one person may have open. */
  readonly connectionsPerUser: number;
};

/** Those that are within the cap, and those beyond it that could not be ended. */
export type Excess = { readonly kept: readonly Connection[]; readonly left: readonly Connection[] };

/** Says bye to the oldest of a user's connections beyond the cap, and ends them. */
export async function closeExcess(
  deps: CloseExcessDeps,
  open: readonly Connection[],
  own?: Connection,
): Promise<Excess> {
  const isOwn = ({ connectionId }: Connection) => connectionId === own?.connectionId;
  const others = newestFirst(open.filter((each) => !isOwn(each)));
  const excess = others.slice(Math.max(0, deps.connectionsPerUser - (own === undefined ? 0 : 1)));
  const left = await cutConnections(deps, excess, 'TOO_MANY_CONNECTIONS');
  return { kept: open.filter((each) => !excess.includes(each)), left };
}

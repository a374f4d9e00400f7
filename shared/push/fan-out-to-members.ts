import type { Push } from '../protocol/table.ts';
import type { Connection } from '../stores/connections/connection.ts';
import { type FanOutDeps, fanOut } from './fan-out.ts';
import { type RecipientsDeps, recipients } from './fan-out-message.ts';
import type { Audience } from './live-connections.ts';

export type FanOutToMembersDeps = FanOutDeps & RecipientsDeps;

/** Pushes to every connection of the members that is meant: a hint, tried once. */
export async function fanOutToMembers(
  deps: FanOutToMembersDeps,
  audience: Audience,
  push: Push,
  isMeant: (connection: Connection) => boolean = () => true,
): Promise<void> {
  await fanOut(deps, (await recipients(deps, audience)).filter(isMeant), push);
}

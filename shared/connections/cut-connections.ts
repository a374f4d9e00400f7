import type { ByeReason } from '../protocol/session/table.ts';
import { errorName } from '../runtime/error-name.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Connection } from '../stores/connections/connection.ts';
import { type EndConnectionsDeps, endConnections } from './end-connections.ts';

export type CutConnectionsDeps = EndConnectionsDeps & { readonly log: Logger };

/** Each by itself, and never fails: what could not be ended keeps its row, so that the clock finds it. Answers those. */
export async function cutConnections(
  deps: CutConnectionsDeps,
  connections: readonly Connection[],
  reason: ByeReason,
): Promise<readonly Connection[]> {
  const outcomes = await endConnections(deps, connections, reason);
  return connections.filter(({ connectionId }, index) => {
    const outcome = outcomes[index];
    if (outcome?.status === 'rejected')
      deps.log.error('not closed', { connectionId, errorName: errorName(outcome.reason) });
    return outcome?.status !== 'fulfilled' || outcome.value !== 'ended';
  });
}

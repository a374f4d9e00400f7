import type { ByeReason } from '../protocol/session/table.ts';
import { type SayByeDeps, sayBye } from '../push/say-bye.ts';
import { errorName } from '../runtime/error-name.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Connection } from '../stores/connections/connection.ts';

export type CutConnectionsDeps = SayByeDeps & { readonly log: Logger };

/** Each by itself, and never fails: what could not be ended keeps its row, so that the clock finds it. Answers those. */
export async function cutConnections(
  deps: CutConnectionsDeps,
  connections: readonly Connection[],
  reason: ByeReason,
): Promise<readonly Connection[]> {
  const ended = await Promise.all(connections.map(cut));
  return connections.filter((_, index) => !ended[index]);

  async function cut(connection: Connection): Promise<boolean> {
    try {
      return (await sayBye(deps, connection, reason)) === 'ended';
    } catch (error) {
      const { connectionId } = connection;
      deps.log.error('not closed', { connectionId, errorName: errorName(error) });
      return false;
    }
  }
}

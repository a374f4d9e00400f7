import { decodeConnection, encodeConnection } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import { type Eraser, emptyTally } from './eraser.ts';
import type { ReturnedAt } from './returned-at.ts';

export type EraseConnectionsDeps = {
  readonly connections: Pick<ConnectionStore, 'readSockets' | 'remove' | 'forget'>;
  readonly returnedAt: ReturnedAt;
};

/**
 * Notes the sockets in the request before their row goes: they are told of the receipt, and cut, after a crash or
 * when the same is asked for once more, too.
 */
export function eraseConnections({ connections, returnedAt }: EraseConnectionsDeps): Eraser {
  return async (request, _holds, after) => {
    const { userId, connections: noted = [] } = request;
    if ((await returnedAt(request)) !== undefined) return emptyTally;
    const open = async () => {
      const { live, muted } = await connections.readSockets(userId);
      return [...live, ...muted].map(encodeConnection);
    };
    const before = await open();
    if (after === undefined)
      return { ...emptyTally, after: 'noted', connections: [...new Set([...noted, ...before])] };
    const isMeant = (each: string) => noted.includes(each);
    for (const each of before.filter(isMeant)) await connections.remove(decodeConnection(userId, each));
    await connections.forget(userId);
    const left = await open();
    return { deleted: before.filter(isMeant).length, found: left.filter(isMeant).length, held: 0 };
  };
}

import { decodeConnection, encodeConnection } from '../connections/connection.ts';
import type { ConnectionStore } from '../connections/connection-store.ts';
import { type Eraser, nothing } from './eraser.ts';
import type { HasReturned } from './has-returned.ts';

export type EraseConnectionsDeps = {
  readonly connections: Pick<ConnectionStore, 'listByUser' | 'remove' | 'forget'>;
  readonly hasReturned: HasReturned;
};

/** Notes the sockets in the request before their row goes: they are told of the receipt, and cut, after a crash too. */
export function eraseConnections({ connections, hasReturned }: EraseConnectionsDeps): Eraser {
  return async (request, _holds, after) => {
    const { userId } = request;
    if (await hasReturned(request)) return nothing;
    if (after === undefined) {
      const open = await connections.listByUser(userId);
      return { ...nothing, after: 'noted', connections: open.map(encodeConnection) };
    }
    const noted = request.connections ?? [];
    for (const each of noted) await connections.remove(decodeConnection(userId, each));
    await connections.forget(userId);
    const left = (await connections.listByUser(userId)).map(encodeConnection);
    return { deleted: noted.length, found: left.filter((each) => noted.includes(each)).length, held: 0 };
  };
}

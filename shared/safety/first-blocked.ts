import type { HelloResult } from '../protocol/session/table.ts';
import type { BlockStore } from '../stores/personal/block-store.ts';

/** So much of the one frame that answers `hello` is left for them. */
const mostBytes = 2_500;
const most = 100;

/** Whom somebody blocks, as many as there is room for. */
export async function firstBlocked(
  blocks: Pick<BlockStore, 'list'>,
  userId: string,
): Promise<Pick<HelloResult, 'blocked' | 'blockedNext'>> {
  const { blocked, next } = await blocks.list(userId, most);
  let bytes = 0;
  const fit = blocked.findIndex((each) => {
    bytes += Buffer.byteLength(JSON.stringify(each)) + 1;
    return bytes > mostBytes;
  });
  const shown = fit === -1 ? blocked : blocked.slice(0, fit);
  const blockedNext = fit === -1 ? next : shown.at(-1);
  return { blocked: shown, ...(blockedNext !== undefined && { blockedNext }) };
}

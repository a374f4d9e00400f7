import type { Limits } from '../configuration/limits.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { BlockFrame } from '../protocol/safety/frames.ts';
import type { BlockResult } from '../protocol/safety/table.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from '../push/fan-out-to-members.ts';
import {
  directConversationId,
  plainDirectConversationId,
} from '../stores/conversations/direct-conversation-id.ts';
import type { BlockStore } from '../stores/personal/block-store.ts';
import { type MarkBlocksDeps, markBlocks } from './mark-blocks.ts';

export type BlockUserDeps = FanOutToMembersDeps &
  MarkBlocksDeps & {
    readonly blocks: Pick<BlockStore, 'block' | 'unblock' | 'list' | 'count' | 'blocks'>;
    readonly limits: Pick<Limits, 'blocks'>;
    /** Undefined while nobody has opened a direct conversation. */
    readonly idSecret: () => Promise<Uint8Array | undefined>;
  };

export type Blocker = { readonly userId: string; readonly connectionId: string };

const pageSize = 100;

/**
 * Changes whom the user blocks, or says whom they do. Nobody but their own devices is told; and whether the other one exists makes
 * no difference. The list changes first: whoever opens the conversation from then on finds it there, and whoever did before
 * has a row to be marked.
 */
export async function blockUser(
  deps: BlockUserDeps,
  { userId, connectionId }: Blocker,
  { userId: otherId, blocked = false, after }: Pick<BlockFrame, 'userId' | 'blocked' | 'after'>,
): Promise<BlockResult> {
  if (otherId === undefined) return deps.blocks.list(userId, pageSize, after);
  if (otherId === userId) throw new ProtocolError('INVALID_FRAME');
  if (blocked) await block(deps, userId, otherId);
  else await deps.blocks.unblock(userId, otherId);
  const secret = await deps.idSecret();
  const plain = plainDirectConversationId(userId, otherId);
  const ids = secret === undefined ? [plain] : [directConversationId(secret, userId, otherId), plain];
  await Promise.all(ids.map(async (id) => markBlocks(deps, id, { userId, otherId }, blocked)));
  const own = new Map([[userId, { userId, readSeq: 0 }]]);
  const push = { type: 'blocked', userId: otherId, blocked } as const;
  await fanOutToMembers(deps, { members: own }, push, (each) => each.connectionId !== connectionId);
  return {};
}

/** Again it is the same block, however many there are. */
async function block({ blocks, limits, now }: BlockUserDeps, userId: string, otherId: string): Promise<void> {
  const [isThere, count] = await Promise.all([blocks.blocks(userId, otherId), blocks.count(userId)]);
  if (!isThere && count >= limits.blocks) throw new ProtocolError('TOO_LARGE');
  await blocks.block(userId, otherId, now());
}

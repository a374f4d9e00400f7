import type { ExportObjects } from '../export/export-objects.ts';
import type { RevokeExports } from '../export/revoke-exports.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { type Eraser, emptyTally } from './eraser.ts';

export type EraseExportsDeps = {
  readonly objects: ExportObjects;
  readonly revokeExports: RevokeExports;
  readonly conversations: Pick<ConversationStore, 'listIds'>;
};

const pageSize = 25;

/**
 * Zips that were written for the user, also the one that is being written, and those of everybody who shares a conversation in which
 * something was erased; a zip is a copy, which no hold keeps. Only the user's own are counted: nobody learns that somebody else has asked for an export.
 */
export function eraseExports({ objects, revokeExports, conversations }: EraseExportsDeps): Eraser {
  return async ({ userId, target, isLate }, _holds, after) => {
    if (target.scope === 'message' || target.scope === 'conversation') {
      await revokeExports([target.conversationId]);
      return emptyTally;
    }
    const deleted = after === undefined ? await objects.remove(userId) : 0;
    const found = after === undefined ? await objects.count(userId) : 0;
    // The late look goes through the conversations one by one.
    if (target.scope === 'profile' || isLate === true) return { deleted, found, held: 0 };
    const { ids, next } = await conversations.listIds(userId, pageSize, after);
    await revokeExports(ids);
    return { deleted, found, held: 0, ...(next !== undefined && { after: next }) };
  };
}

import { type Change, changeSeconds } from '../stores/changes/change.ts';
import type { ChangeStore } from '../stores/changes/change-store.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { LastRevStore } from '../stores/conversations/last-rev-store.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';
import type { Crowd } from './crowd.ts';

export type NoteErasedDeps = {
  readonly changes: Pick<ChangeStore, 'newestRev' | 'append'>;
  readonly conversations: Pick<ConversationStore, 'readHead'>;
  readonly lastRevs: LastRevStore;
  readonly crowd: Pick<Crowd, 'backoff'>;
  readonly now: Clock;
};

/** Has whoever is away learn that these messages are gone; resolves to the number of the last change, if there is one. */
export type NoteErased = (conversationId: string, seqs: readonly number[]) => Promise<number | undefined>;

/** Of one row: of these a device is told in one answer. */
const mostSeqs = 100;
/** Each lost race is somebody else's change there. */
const attempts = 20;

export function noteErased(deps: NoteErasedDeps): NoteErased {
  return async (conversationId, seqs) => {
    let rev: number | undefined;
    for (let from = 0; from < seqs.length; from += mostSeqs)
      rev = await note(conversationId, seqs.slice(from, from + mostSeqs));
    if (rev !== undefined) await deps.lastRevs.advanceLastRev(conversationId, rev);
    return rev;
  };

  async function note(conversationId: string, seqs: readonly number[]): Promise<number> {
    const at = deps.now();
    const expiresAt = (epochSeconds(at) + changeSeconds) as EpochSeconds;
    for (let losses = 0; losses < attempts; losses += 1) {
      await deps.crowd.backoff(losses);
      const [head, newest] = await Promise.all([
        deps.conversations.readHead(conversationId),
        deps.changes.newestRev(conversationId),
      ]);
      const rev = Math.max(head?.lastRev ?? 0, newest) + 1;
      const change: Change = { conversationId, rev, kind: 'erase', seqs, at, expiresAt };
      if (await deps.changes.append(change)) return rev;
    }
    throw new Error('too many change this conversation at once');
  }
}

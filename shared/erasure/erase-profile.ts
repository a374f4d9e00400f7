import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { Tally } from '../stores/privacy/erasure-request.ts';
import type { AskHolds } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import type { ProfileStore } from '../stores/profiles/profile-store.ts';
import { type ErasableTitles, eraseTitles } from './erase-titles.ts';
import { addTallies, type Eraser, type ErasureMeaning, emptyTally } from './eraser.ts';

export type EraseProfileDeps = {
  readonly profiles: Pick<ProfileStore, 'read' | 'remove'>;
  readonly titles: ErasableTitles;
  readonly conversations: Pick<ConversationStore, 'listIds'>;
};

const pageSize = 100;

/** What somebody says of themselves, and the titles that they have given: to the conversation that is meant, or to all. */
export function eraseProfile({ profiles, titles, conversations }: EraseProfileDeps): Eraser {
  return async (request, askHolds, after) => {
    const { target, userId } = request;
    if (target.scope === 'conversation')
      return eraseTitles(titles, request, askHolds, [target.conversationId]);
    const profile = after === undefined ? await eraseOwn(profiles, request, askHolds) : emptyTally;
    if (target.scope !== 'account') return profile;
    const { ids, next } = await conversations.listIds(userId, pageSize, after);
    const given = await eraseTitles(titles, request, askHolds, ids);
    return { ...addTallies(profile, given), ...(next !== undefined && { after: next }) };
  };
}

/** Of a profile that was set anew after the request nothing is meant. */
async function eraseOwn(
  profiles: EraseProfileDeps['profiles'],
  { userId, writtenBy }: ErasureMeaning,
  askHolds: AskHolds,
): Promise<Tally> {
  const meant = async () => (await profiles.read([userId])).filter(({ updatedAt }) => updatedAt <= writtenBy);
  const [profile] = await meant();
  if (profile === undefined) return emptyTally;
  if (isOnHold(await askHolds({ users: [userId] }), userId)) return { deleted: 0, found: 1, held: 1 };
  const removed = await profiles.remove(profile);
  const left = await meant();
  return { deleted: removed ? 1 : 0, found: left.length, held: 0 };
}

import type { ReplacedTitleStore } from '../stores/conversations/replaced-title-store.ts';
import type { Tally } from '../stores/privacy/erasure-request.ts';
import type { AskHolds } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import { mayHaveTitle, type Title } from '../stores/profiles/title.ts';
import type { TitleStore } from '../stores/profiles/title-store.ts';
import { addTallies, type ErasureMeaning, emptyTally } from './eraser.ts';

/** Where titles are kept: those that are shown, and those that a hold has kept since. */
export type ErasableTitles = Pick<TitleStore, 'read' | 'remove'> & ReplacedTitleStore;

/** Those that somebody has given to some of these conversations, whoever is in them; not what is on hold. */
export async function eraseTitles(
  titles: ErasableTitles,
  { userId, writtenBy }: Pick<ErasureMeaning, 'userId' | 'writtenBy'>,
  askHolds: AskHolds,
  conversationIds: readonly string[],
): Promise<Tally> {
  const isMeant = ({ by, updatedAt }: Title) => by === userId && updatedAt <= writtenBy;
  const found = async () => (await titles.read(conversationIds)).filter(isMeant);
  const earlier = await eraseReplaced(titles, { userId, writtenBy }, askHolds, conversationIds);
  const meant = await found();
  if (meant.length === 0) return earlier;
  const asked = { users: [userId], conversations: meant.map(({ conversationId }) => conversationId) };
  const holds = await askHolds(asked);
  const held = meant.filter(({ conversationId }) => isOnHold(holds, userId, conversationId));
  const going = meant.filter((title) => !held.includes(title));
  const removed = await Promise.all(going.map(async (title) => titles.remove(title)));
  const shown = {
    deleted: removed.filter(Boolean).length,
    found: (await found()).length,
    held: held.length,
  };
  return addTallies(earlier, shown);
}

/** What a hold has kept goes with the hold, or here, whichever comes first. */
async function eraseReplaced(
  titles: ReplacedTitleStore,
  { userId, writtenBy }: Pick<ErasureMeaning, 'userId' | 'writtenBy'>,
  askHolds: AskHolds,
  conversationIds: readonly string[],
): Promise<Tally> {
  const found = async () => {
    const all = await Promise.all(conversationIds.filter(mayHaveTitle).map(titles.listReplaced));
    return all.flat().filter((each) => each.updatedAt <= writtenBy && each.by === userId);
  };
  const meant = await found();
  if (meant.length === 0) return emptyTally;
  const conversations = [...new Set(meant.map(({ conversationId }) => conversationId))];
  const holds = await askHolds({ users: [userId], conversations });
  const going = meant.filter((each) => !isOnHold(holds, userId, each.conversationId));
  let deleted = 0;
  for (const title of going) if (await titles.removeReplaced(title)) deleted += 1;
  return { deleted, found: (await found()).length, held: meant.length - going.length };
}

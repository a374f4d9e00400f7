import type { Tally } from '../stores/privacy/erasure-request.ts';
import type { AskHolds } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import type { Title } from '../stores/profiles/title.ts';
import type { TitleStore } from '../stores/profiles/title-store.ts';
import type { ErasureMeaning } from './eraser.ts';

/** Those that somebody has given to some of these conversations, whoever is in them; not what is on hold. */
export async function eraseTitles(
  titles: Pick<TitleStore, 'read' | 'remove'>,
  { userId, writtenBy }: Pick<ErasureMeaning, 'userId' | 'writtenBy'>,
  askHolds: AskHolds,
  conversationIds: readonly string[],
): Promise<Tally> {
  const isMeant = ({ by, updatedAt }: Title) => by === userId && updatedAt <= writtenBy;
  const found = async () => (await titles.read(conversationIds)).filter(isMeant);
  const meant = await found();
  if (meant.length === 0) return { deleted: 0, found: 0, held: 0 };
  const asked = { users: [userId], conversations: meant.map(({ conversationId }) => conversationId) };
  const holds = await askHolds(asked);
  const held = meant.filter(({ conversationId }) => isOnHold(holds, userId, conversationId));
  const going = meant.filter((title) => !held.includes(title));
  const removed = await Promise.all(going.map(async (title) => titles.remove(title)));
  return { deleted: removed.filter(Boolean).length, found: (await found()).length, held: held.length };
}

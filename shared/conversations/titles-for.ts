import type { AskRetention, RetentionAt } from '../stores/expiry/retention.ts';
import { isProfileReadable } from '../stores/profiles/profile.ts';
import { renewedEnd } from '../stores/profiles/renewed-end.ts';
import { mayHaveTitle, type Title } from '../stores/profiles/title.ts';
import type { TitleStore } from '../stores/profiles/title-store.ts';

/** Kept as long as profiles are, and only where they are. */
export type Titles = {
  readonly store: Pick<TitleStore, 'readListed' | 'renew'>;
  /** For which a title is stamped. */
  readonly retentionSeconds: number;
  readonly retention: AskRetention;
};

/** What the user is shown, by conversation. Their own last as long as they come to look. */
export async function titlesFor(
  titles: Titles | undefined,
  userId: string,
  conversationIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const groups = conversationIds.filter(mayHaveTitle);
  if (titles === undefined || groups.length === 0) return new Map();
  const found = await titles.store.readListed(groups);
  if (found.length === 0) return new Map();
  const retention = await titles.retention();
  const shown = found.filter((title) => isProfileReadable(title, retention));
  const own = shown.filter(({ by }) => by === userId);
  await Promise.all(own.map(async (title) => keepInUse(titles, title, retention)));
  return new Map(shown.map(({ conversationId, title }) => [conversationId, title]));
}

async function keepInUse(
  { store, retentionSeconds }: Titles,
  title: Title,
  retention: RetentionAt,
): Promise<void> {
  const expiresAt = renewedEnd(title, retentionSeconds, retention);
  if (expiresAt !== undefined) await store.renew(title, retention.now, expiresAt);
}

import type { ReplacedTitleStore } from '../stores/conversations/replaced-title-store.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import { isProfileReadable, profileExpiry } from '../stores/profiles/profile.ts';
import { mayHaveTitle } from '../stores/profiles/title.ts';
import type { TitleStore } from '../stores/profiles/title-store.ts';
import type { EpochMillis, EpochSeconds } from '../time.ts';

export type ExportTitlesDeps = {
  /** Undefined where profiles are not stored. */
  readonly titles:
    | {
        readonly store: Pick<TitleStore, 'read'> & Pick<ReplacedTitleStore, 'listReplaced'>;
        readonly retention: AskRetention;
      }
    | undefined;
};

export type ExportedTitle = { readonly title: string; readonly end: EpochSeconds };

/** What those of the conversations are called whose title is still there when the zip goes. */
export async function exportedTitles(
  { titles }: ExportTitlesDeps,
  conversationIds: readonly string[],
  until: EpochMillis,
): Promise<ReadonlyMap<string, ExportedTitle>> {
  const found = (await titles?.store.read(conversationIds)) ?? [];
  if (titles === undefined || found.length === 0) return new Map();
  const ruling = { ...(await titles.retention()), now: until };
  const there = found.filter((title) => isProfileReadable(title, ruling));
  return new Map(
    there.map((each) => [each.conversationId, { title: each.title, end: profileExpiry(each, ruling) }]),
  );
}

/** What somebody has called it before, where a legal hold keeps that. */
export async function ownReplacedTitles(
  { titles }: ExportTitlesDeps,
  userId: string,
  conversationId: string,
): Promise<readonly string[]> {
  if (titles === undefined || !mayHaveTitle(conversationId)) return [];
  const all = await titles.store.listReplaced(conversationId);
  return all.flatMap(({ by, title }) => (by === userId ? [title] : []));
}

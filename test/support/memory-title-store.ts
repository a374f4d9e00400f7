import type {
  ReplacedTitle,
  ReplacedTitleStore,
} from '../../shared/stores/conversations/replaced-title-store.ts';
import type { Title } from '../../shared/stores/profiles/title.ts';
import type { TitleStore } from '../../shared/stores/profiles/title-store.ts';
import { direct, type Step } from './step.ts';

/** Titles in memory, by conversation; `held` names those without a time to live, `replaced` has what a hold has kept. */
export function memoryTitleStore(
  titles = new Map<string, Title>(),
  {
    step = direct,
    held = new Set<string>(),
    replaced = new Map<number, ReplacedTitle>(),
  }: {
    readonly step?: Step;
    readonly held?: Set<string>;
    readonly replaced?: Map<number, ReplacedTitle>;
  } = {},
): TitleStore & ReplacedTitleStore {
  const isStill = (title: Title) => titles.get(title.conversationId)?.updatedAt === title.updatedAt;
  const read: TitleStore['read'] = async (ids) =>
    step(() => [...titles.values()].filter(({ conversationId }) => ids.includes(conversationId)));
  return {
    listReplaced: async (id) =>
      step(() => [...replaced.values()].filter(({ conversationId }) => conversationId === id)),
    removeReplaced: async ({ seq }) => step(() => replaced.delete(seq)),
    put: async (title, isHeld) =>
      step(() => {
        if (titles.has(title.conversationId)) return;
        titles.set(title.conversationId, title);
        if (isHeld) held.add(title.conversationId);
      }),
    read,
    readListed: read,
    renew: async (title, renewedAt, expiresAt) =>
      step(() => {
        const present = titles.get(title.conversationId);
        if (present === undefined || !isStill(title) || (present.renewedAt ?? 0) >= renewedAt) return false;
        titles.set(title.conversationId, { ...present, renewedAt, expiresAt });
        return true;
      }),
    remove: async (title) => step(() => isStill(title) && titles.delete(title.conversationId)),
    setHeld: async (id, isHeld) =>
      step(() => {
        if (!titles.has(id) || held.has(id) === isHeld) return false;
        if (isHeld) held.add(id);
        else held.delete(id);
        return true;
      }),
  };
}

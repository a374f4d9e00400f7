import type { EpochMillis } from '../time.ts';

/**
 * Where a list goes on. First come the conversations that have a recency mark, the latest day first; then the rest; at last, of a list
 * of several pages, those that have moved to the front since it began.
 */
export type ListPosition = {
  readonly phase: Phase;
  /** When the first page was asked for. */
  readonly began: EpochMillis;
  /** Everything up to this key of the phase has been looked at, but for what is left of a window. */
  readonly after?: string;
  readonly window?: ListWindow;
};

/** A stretch that was read and sorted at once, of which a page had no room for the last. */
export type ListWindow = {
  /** The last key of it. */
  readonly upTo: string;
  /** Short names of those that are left, in the order in which they are told. */
  readonly left: readonly string[];
};

export type Phase = 'marks' | 'rest' | 'moved';
const letters: Readonly<Record<Phase, string>> = { marks: 'd', rest: 'r', moved: 'm' };

/** So much of an id nearly always tells those of one window apart. */
const endLength = 4;
const endOf = (conversationId: string): string => conversationId.slice(-endLength);

/** Short names of conversations among these; whole ids where two end alike. */
export function shortNames(among: readonly string[]): (conversationId: string) => string {
  const ids = Map.groupBy(new Set(among), endOf);
  return (conversationId) => {
    const end = endOf(conversationId);
    return (ids.get(end)?.length ?? 0) > 1 ? conversationId : end;
  };
}

export const isNamed = (conversationId: string, name: string): boolean =>
  conversationId === name || endOf(conversationId) === name;

/** As many conversations as are sorted at once, so that what is left of them fits a cursor. */
export const mostSorted = 200;

const version = '~';
/** No id has it. */
const between = '!';

/** For clients, who make nothing of it. */
export function cursorOf({ phase, began, after = '', window }: ListPosition): string {
  const parts = [letters[phase], began.toString(36), after];
  if (window !== undefined) parts.push(window.upTo, window.left.join(','));
  return `${version}${parts.join(between)}`;
}

/** A cursor of an earlier release is the id up to which conversations were listed, in the order of the rest. */
export function positionOf(cursor: string, now: EpochMillis): ListPosition {
  const rest = { phase: 'rest', began: now, after: cursor } as const;
  if (!cursor.startsWith(version)) return rest;
  const [first = '', began = '', after = '', upTo, left] = cursor.slice(version.length).split(between);
  const phase = (['marks', 'rest', 'moved'] as const).find((each) => letters[each] === first);
  const at = Number.parseInt(began, 36);
  if (phase === undefined || !Number.isSafeInteger(at) || at > now) return rest;
  return {
    phase,
    began: at as EpochMillis,
    ...(after !== '' && { after }),
    ...(upTo !== undefined && left !== undefined && { window: { upTo, left: left.split(',') } }),
  };
}

/** What becomes of a part: gone, or the same text otherwise. */
export type PartRules = {
  readonly isDropped: (name: string) => boolean;
  /** Undefined for a part that is left as it is, unread. */
  readonly rewrite: (name: string) => ((xml: string) => string) | undefined;
};

/**
 * A pattern and what stands there instead. A tag is looked through up to its end or the next `<`, and not for ever: the text may
 * be made by somebody hostile.
 */
export type Change = readonly [pattern: RegExp, by: string];

export const withChanges =
  (changes: readonly Change[]) =>
  (xml: string): string =>
    changes.reduce((text, [pattern, by]) => text.replace(pattern, by), xml);

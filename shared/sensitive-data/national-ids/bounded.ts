/** A pattern that stands free: no part of a longer number or of a word. */
export const bounded = (source: string): RegExp =>
  new RegExp(`(?<![A-Za-z\\d]|\\d[-.])(?:${source})(?![A-Za-z\\d]|[-.]\\d)`, 'giu');

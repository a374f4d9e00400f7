/** Where something was found in the plain text; the value itself is never handed on. */
export type Span = { readonly start: number; readonly end: number };

/** Whether the words stand within reach of the span: a little before it, less after it. */
export const isNear = (text: string, { start, end }: Span, words: RegExp): boolean =>
  words.test(text.slice(Math.max(0, start - 40), start)) || words.test(text.slice(end, end + 25));

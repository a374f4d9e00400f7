/** How many colours of avatars there are in the style sheet. */
const hues = 8;

/** The same for the same name, on every screen. */
export function hueOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % hues;
}

export const initialOf = (name: string): string =>
  new Intl.Segmenter().segment(name.trim()).containing(0)?.segment.toLocaleUpperCase() ?? '?';

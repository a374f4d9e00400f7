import { folded, soughtTerms } from '../../../../shared/protocol/messages/searched-text.ts';

/** A piece of a text; `found`: what was sought. */
export type Highlighted = { readonly text: string; readonly found: boolean };

/** A text in pieces, so that what was sought can be marked in it. */
export function highlighted(text: string, sought: string): readonly Highlighted[] {
  const { key, places } = keyOf(text);
  const marked = new Set<number>();
  for (const term of soughtTerms(sought))
    for (let at = key.indexOf(term); at >= 0; at = key.indexOf(term, at + term.length))
      for (const place of places.slice(at, at + term.length)) marked.add(place);
  const pieces: { text: string; found: boolean }[] = [];
  for (const [place, character] of [...text].entries()) {
    const found = marked.has(place);
    const last = pieces.at(-1);
    if (last?.found === found) last.text += character;
    else pieces.push({ text: character, found });
  }
  return pieces;
}

/** As it is compared, and from which character each of it comes: some become two, and accents none. */
function keyOf(text: string): { readonly key: string; readonly places: readonly number[] } {
  let key = '';
  const places: number[] = [];
  for (const [place, character] of [...text].entries()) {
    const units = folded(character);
    key += units;
    for (let unit = 0; unit < units.length; unit += 1) places.push(place);
  }
  return { key, places };
}

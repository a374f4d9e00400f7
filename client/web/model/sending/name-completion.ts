/** The `@` before the caret with what was typed behind it, and the names that this can become. */
export type NameCompletion = { readonly start: number; readonly names: readonly string[] };

/** As many are offered at a time. */
const most = 8;

/** Not behind a letter or digit, as in an address. */
const typed = /(?<![\p{L}\p{M}\p{N}_])@([^\s@]{0,64})$/u;

/** Undefined where nothing is to be completed. */
export function nameCompletion(
  text: string,
  caret: number,
  names: readonly string[],
): NameCompletion | undefined {
  const found = typed.exec(text.slice(Math.max(0, caret - 66), caret));
  if (found === null) return undefined;
  const [whole, prefix = ''] = found;
  const wanted = prefix.toLocaleLowerCase();
  const fitting = names.filter((name) => name.toLocaleLowerCase().startsWith(wanted));
  // Who has typed it whole has no need of it.
  if (fitting.length === 0 || (fitting.length === 1 && fitting[0] === prefix)) return undefined;
  return { start: caret - whole.length, names: fitting.toSorted().slice(0, most) };
}

/** The text with the name in the place of what was typed, and where the caret is then. */
export function completed(
  text: string,
  caret: number,
  start: number,
  name: string,
): { readonly text: string; readonly caret: number } {
  const said = `@${name} `;
  const rest = text.slice(caret).replace(/^ /, '');
  return { text: `${text.slice(0, start)}${said}${rest}`, caret: start + said.length };
}

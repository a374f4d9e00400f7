/** A fault planted in a source file while it is bundled. */
export type SourcePatch = {
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
};

export function patched(source: string, file: string, patches: readonly SourcePatch[]): string {
  let text = source;
  for (const { find, replace } of patches.filter((each) => each.file === file)) {
    if (text.split(find).length !== 2) throw new Error(`not there once in ${file}: ${find}`);
    text = text.replace(find, () => replace);
  }
  return text;
}

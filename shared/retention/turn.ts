/**
 * What one conversation may take of a run before the others: so many pages, and one at least however late it is, so that
 * every turn gets somewhere. Asked before each page.
 */
export function turn(pages: number, isRunOver: () => boolean): () => boolean {
  let asked = 0;
  return () => {
    asked += 1;
    return asked > pages || (asked > 1 && isRunOver());
  };
}

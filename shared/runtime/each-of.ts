/**
 * Acts on each, so many at once, and takes no more when it is over. Resolves to the first one that was left, or to undefined when
 * all were taken.
 */
export async function eachOf<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  { atOnce, isOver }: { readonly atOnce: number; readonly isOver: () => boolean },
  act: (item: Item) => Promise<void>,
): Promise<Item | undefined> {
  const queue = inTurn(items);
  let left: Item | undefined;
  const worker = async (): Promise<void> => {
    while (left === undefined) {
      const { done, value } = await queue.next();
      if (done === true) return;
      if (isOver()) left ??= value;
      else await act(value);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return left;
}

async function* inTurn<Item>(items: AsyncIterable<Item> | Iterable<Item>): AsyncGenerator<Item, void> {
  yield* items;
}

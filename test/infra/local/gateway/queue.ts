export type Queue<T> = { push(item: T): void; next(): Promise<T>; readonly pending: number };

/** What arrives, awaited one by one. */
export function queue<T>(): Queue<T> {
  const items: T[] = [];
  const waiting: ((item: T) => void)[] = [];
  return {
    push(item) {
      const resolve = waiting.shift();
      if (resolve === undefined) items.push(item);
      else resolve(item);
    },
    next() {
      const item = items.shift();
      return item === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(item);
    },
    get pending() {
      return items.length;
    },
  };
}

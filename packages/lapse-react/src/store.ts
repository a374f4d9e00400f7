/** What React reads and is told of: the shape of `useSyncExternalStore`. */
export type Store<Value> = {
  readonly subscribe: (changed: () => void) => () => void;
  readonly get: () => Value;
};

export type StoreOptions<Value> = {
  readonly read: () => Value;
  /** What has stayed the same is the very same, so that nothing is rendered for it. */
  readonly keep: (before: Value, now: Value) => Value;
  /** Listens to what may change it, while there is somebody who wants to know; answers how to end that. */
  readonly listen: (changed: () => void) => () => void;
};

/**
 * While nobody listens it is read at each call, since nobody says that it has changed. Reading it changes nothing else, as React demands of
 * what it may do twice or in vain.
 */
export function createStore<Value>({ read, keep, listen }: StoreOptions<Value>): Store<Value> {
  const listeners = new Set<() => void>();
  let end: (() => void) | undefined;
  let known: { readonly value: Value } | undefined;
  let isFresh = false;

  function changed(): void {
    isFresh = false;
    for (const listener of [...listeners]) listener();
  }

  return {
    subscribe(listener) {
      // The same function may be given twice, and each of them ends by itself.
      const own = () => listener();
      listeners.add(own);
      if (listeners.size === 1) {
        // Between the first rendering and now it may have changed.
        isFresh = false;
        end = listen(changed);
      }
      return () => {
        listeners.delete(own);
        if (listeners.size > 0) return;
        end?.();
        end = undefined;
      };
    },
    get() {
      if (known !== undefined && isFresh && end !== undefined) return known.value;
      const now = read();
      known = { value: known === undefined ? now : keep(known.value, now) };
      isFresh = true;
      return known.value;
    },
  };
}

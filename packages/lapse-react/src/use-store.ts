import { useSyncExternalStore } from 'react';
import type { Store } from './store.ts';

/** On a server there is no connection and nothing that anybody could read: `empty` is rendered, and again first in the browser. */
export function useStore<Value>({ subscribe, get }: Store<Value>, empty: Value): Value {
  return useSyncExternalStore(subscribe, get, () => empty);
}

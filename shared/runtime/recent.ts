import type { Clock } from '../time.ts';

/** What one execution environment has seen in the last minutes, or for as long as it is told, the most recent of it. */
export type Recent<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
};

const minutesMillis = 5 * 60_000;
/** More than one execution environment serves within that time. */
const mostRemembered = 10_000;

export function recent<Value>(now: Clock, rememberedMillis = minutesMillis): Recent<Value> {
  const known = new Map<string, { readonly value: Value; readonly until: number }>();
  return {
    get(key) {
      const found = known.get(key);
      return found !== undefined && found.until > now() ? found.value : undefined;
    },
    set(key, value) {
      known.delete(key);
      known.set(key, { value, until: now() + rememberedMillis });
      const oldest = known.size > mostRemembered ? known.keys().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
    },
    delete(key) {
      known.delete(key);
    },
  };
}

import type { SentStore } from '../stores/sends/sent-store.ts';
import { type Exporter, lines } from './exporter.ts';

/** Ids and times alone, so that what has ended by now is enough. */
export function exportSent(sent: SentStore): Exporter {
  return async function* each({ userId, until }, after) {
    let from = after;
    for (;;) {
      const { claims, next } = await sent.page(userId, from);
      const last = claims.at(-1);
      if (last === undefined) return;
      const kept = claims.filter(({ expiresAt }) => expiresAt * 1000 > until);
      yield { file: 'sends.jsonl', data: lines(kept), after: last.sendKey };
      if (next === undefined) return;
      from = next;
    }
  };
}

import type { SendStore } from '../stores/sends/send-store.ts';
import { type Exporter, lines } from './exporter.ts';

/** Ids and times alone, so that what has ended by now is enough. */
export function exportSends(sends: Pick<SendStore, 'list'>): Exporter {
  return async function* each({ userId, until }, after) {
    let from = after;
    for (;;) {
      const { records, next } = await sends.list(userId, from);
      const last = records.at(-1);
      if (last === undefined) return;
      const kept = records.filter(({ expiresAt }) => expiresAt * 1000 > until);
      yield { file: 'sends.jsonl', data: lines(kept), after: last.sendKey };
      if (next === undefined) return;
      from = next;
    }
  };
}

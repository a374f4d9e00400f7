import type { PersonalRowStore } from '../stores/personal/personal-row-store.ts';
import { type Exporter, lines } from './exporter.ts';

/** Rows whose time is over are left out, whenever time to live takes them. */
export function exportPersonal(personal: Pick<PersonalRowStore, 'list'>): Exporter {
  return async function* each({ userId, until }, after) {
    let from = after;
    for (;;) {
      const { rows, next } = await personal.list(userId, from);
      const last = rows.at(-1);
      if (last === undefined) return;
      const kept = rows.filter(({ expiresAt }) => typeof expiresAt !== 'number' || expiresAt * 1000 > until);
      yield { file: 'personal.jsonl', data: lines(kept), after: last.entry };
      if (next === undefined) return;
      from = next;
    }
  };
}

import { counterpartOf } from '../stores/personal/block-store.ts';
import type { PersonalRowStore } from '../stores/personal/personal-row-store.ts';
import { reportIdIn } from '../stores/personal/reported-store.ts';
import type { ReporterStore } from '../stores/reports/reporter-store.ts';
import { type Eraser, emptyTally } from './eraser.ts';
import type { ReturnedAt } from './returned-at.ts';

export type ErasePersonalDeps = {
  readonly personal: PersonalRowStore;
  /** Undefined where nobody reports anything. */
  readonly reporters: Pick<ReporterStore, 'forget'> | undefined;
  readonly returnedAt: ReturnedAt;
};

/** A page of what somebody has for themselves: no hold keeps it. Who has come back meanwhile has it anew. */
export function erasePersonal({ personal, reporters, returnedAt }: ErasePersonalDeps): Eraser {
  return async (request, _askHolds, after) => {
    if ((await returnedAt(request)) !== undefined) return emptyTally;
    const { rows, next } = await personal.list(request.userId, after);
    const entries = rows.map(({ entry }) => entry);
    // First, while these lead there.
    for (const entry of entries) {
      const counterpart = counterpartOf(request.userId, entry);
      if (counterpart !== undefined) await personal.remove(counterpart.userId, [counterpart.entry]);
    }
    // What was reported after the step of the reports had looked.
    const reported = entries.flatMap((entry) => reportIdIn(entry) ?? []);
    if (reported.length > 0) await reporters?.forget(request.userId, reported);
    await personal.remove(request.userId, entries);
    const gone = new Set(entries);
    const again = await personal.list(request.userId, after);
    const found = again.rows.filter(({ entry }) => gone.has(entry)).length;
    return { deleted: entries.length, found, held: 0, ...(next !== undefined && { after: next }) };
  };
}

import { meantUntil, returnedAt } from '../../../shared/erasure/returned-at.ts';
import type { ConsentEntry } from '../../../shared/stores/consents/consent-entry.ts';
import { epochMillis } from '../../../shared/time.ts';
import { accountErasure, laterConsent } from '../../support/account-erasure.ts';

// Of an erasure that means what was written by the fifth millisecond.
const line = (decision: ConsentEntry['decision'], at: number): ConsentEntry => ({
  ...laterConsent,
  decision,
  decidedAt: epochMillis(at),
});

test.each([
  ['granted anew', [line('granted', 1), line('withdrawn', 5), line('granted', 6)], 6],
  ['granted anew by a clock that is behind', [line('withdrawn', 5), line('granted', 4)], 4],
  ['granted anew and withdrawn again', [line('withdrawn', 5), line('granted', 6), line('withdrawn', 7)], 6],
  ['withdrawn', [line('granted', 1), line('withdrawn', 5)], undefined],
  ['withdrawn twice', [line('granted', 1), line('withdrawn', 5), line('withdrawn', 6)], undefined],
  ['nothing', [], undefined],
])('whoever has %s has come back: %#', async (_name, entries, expected) => {
  const ledger = { last: async () => entries.at(-1), list: async () => entries };
  expect(await returnedAt(ledger)(accountErasure)).toBe(expected);
});

test.each([
  ['nobody has come back', undefined, 90],
  ['they came back', 60, 59],
  ['they came back by a clock that is behind', 4, 5],
])('what there is belongs to the erasure until now, or until they came back: %s', (_name, at, expected) => {
  const returned = at === undefined ? undefined : epochMillis(at);
  expect(meantUntil(accountErasure, returned, epochMillis(90))).toBe(expected);
});

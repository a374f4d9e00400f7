import { hasReturned } from '../../../shared/erasure/has-returned.ts';
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
  ['granted anew', [line('granted', 1), line('withdrawn', 5), line('granted', 6)], true],
  ['granted anew by a clock that is behind', [line('withdrawn', 5), line('granted', 4)], true],
  [
    'granted anew and withdrawn again',
    [line('withdrawn', 5), line('granted', 6), line('withdrawn', 7)],
    true,
  ],
  ['withdrawn', [line('granted', 1), line('withdrawn', 5)], false],
  ['withdrawn twice', [line('granted', 1), line('withdrawn', 5), line('withdrawn', 6)], false],
  ['nothing', [], false],
])('whoever has %s has come back: %#', async (_name, entries, expected) => {
  const ledger = { last: async () => entries.at(-1), list: async () => entries };
  expect(await hasReturned(ledger)(accountErasure)).toBe(expected);
});

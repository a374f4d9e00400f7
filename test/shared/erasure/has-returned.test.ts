import type { ConsentEntry } from '../../../shared/consent/consent-entry.ts';
import { hasReturned } from '../../../shared/erasure/has-returned.ts';
import { epochMillis } from '../../../shared/time.ts';
import { accountErasure } from '../../support/account-erasure.ts';

const entry: ConsentEntry = {
  userId: 'alice',
  entry: 1,
  decision: 'granted',
  purpose: 'chat',
  policyVersion: '1',
  policyDigest: '',
  decidedAt: epochMillis(6),
};

test.each([
  ['granted anew', entry, true],
  ['granted before', { ...entry, decidedAt: epochMillis(5) }, false],
  ['withdrawn', { ...entry, decision: 'withdrawn' as const }, false],
  ['nothing', undefined, false],
])('whoever has %s has come back: %s', async (_name, last, expected) => {
  expect(await hasReturned({ last: async () => last })(accountErasure)).toBe(expected);
});

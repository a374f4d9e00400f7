import { hasReturned } from '../../../shared/erasure/has-returned.ts';
import { accountErasure, laterConsent } from '../../support/account-erasure.ts';

test.each([
  ['granted anew', laterConsent, true],
  ['withdrawn', { ...laterConsent, decision: 'withdrawn' as const }, false],
  ['nothing', undefined, false],
])('whoever has %s has come back: %s', async (_name, last, expected) => {
  expect(await hasReturned({ last: async () => last })(accountErasure)).toBe(expected);
});

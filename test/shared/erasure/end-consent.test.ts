import { endConsent } from '../../../shared/erasure/end-consent.ts';
import type { Holds } from '../../../shared/holds/holds.ts';
import { epochMillis } from '../../../shared/time.ts';
import { accountErasure, laterConsent } from '../../support/account-erasure.ts';

const none: Holds = { users: new Set(), conversations: new Set() };

test('an account ends with its consent: withdrawn once, suspended everywhere, kept as long as it proves something', async () => {
  const ledger = [laterConsent];
  const expired: [number, number][] = [];
  const suspended: string[] = [];
  const run = endConsent({
    ledger: {
      last: async () => ledger.at(-1),
      list: async () => ledger,
      append: async (next) => ledger.push(next) > 0,
      expire: async ({ entry: number }, at) => void expired.push([number, at]),
    },
    memberships: { suspend: async (userId) => void suspended.push(userId) },
    policy: { version: '2', digest: 'd' },
    proofSeconds: 100,
    now: () => epochMillis(7_999),
  });
  for (let time = 0; time < 2; time += 1)
    expect(await run(accountErasure, none, undefined)).toMatchObject({ writtenBy: 7_999 });
  expect(ledger).toHaveLength(2);
  expect(ledger[1]).toMatchObject({ entry: 2, decision: 'withdrawn', policyVersion: '2', decidedAt: 7_999 });
  expect(suspended).toEqual(['alice', 'alice']);
  expect(expired.slice(0, 2)).toEqual([
    [1, 107],
    [2, 107],
  ]);
});

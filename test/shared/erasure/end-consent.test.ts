import { endConsent } from '../../../shared/erasure/end-consent.ts';
import { type Connection, encodeConnection } from '../../../shared/stores/connections/connection.ts';
import type { ConsentEntry } from '../../../shared/stores/consents/consent-entry.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { accountErasure, laterConsent } from '../../support/account-erasure.ts';
import { askingFor } from '../../support/hold-world.ts';
import { noLiveGroups } from '../../support/no-live-groups.ts';

const phone: Connection = {
  userId: 'alice',
  connectionId: 'phone',
  connectedAt: epochMillis(1),
  expiresAt: 4e9 as EpochSeconds,
  consentedPolicy: 'mark',
};

/** Before the erasure was asked for. */
const consent: ConsentEntry = { ...laterConsent, decidedAt: epochMillis(1) };

test('an account ends with its consent: withdrawn once, mute everywhere, kept as long as it proves something', async () => {
  const ledger = [consent];
  const expired: [number, number][] = [];
  let live = [phone];
  const run = endConsent({
    ledger: {
      last: async () => ledger.at(-1),
      list: async () => ledger,
      expire: async ({ entry: number }, at) => void expired.push([number, at]),
    },
    withdrawals: {
      record: async (next, seen) => {
        expect(seen).toEqual(live);
        live = [];
        return ledger.push(next) > 0;
      },
    },
    connections: { ...noLiveGroups, readSockets: async () => ({ live, muted: [] }), mute: async () => false },
    policy: { version: '2', digest: 'd' },
    proofSeconds: 100,
    now: () => epochMillis(7_999),
  });
  const connections = [encodeConnection(phone)];
  const first = await run(accountErasure, askingFor(), undefined);
  expect(first).toMatchObject({ writtenBy: 7_999, connections });
  // What is noted already stays noted, also when it is carried out once more.
  const again = await run({ ...accountErasure, connections }, askingFor(), undefined);
  expect(again).toMatchObject({ writtenBy: 7_999, connections });
  expect(ledger).toHaveLength(2);
  expect(ledger[1]).toMatchObject({ entry: 2, decision: 'withdrawn', policyVersion: '2', decidedAt: 7_999 });
  expect(expired.slice(0, 2)).toEqual([
    [1, 107],
    [2, 107],
  ]);
});

/** Alice's account, whose consent ends while she consents anew just before the given one of the calls. */
async function withReturnBefore(call: number) {
  let calls = 0;
  let now = 100;
  const ledger: ConsentEntry[] = [consent];
  const expiring = new Set<number>();
  const step = async <Result>(effect: () => Result): Promise<Result> => {
    calls += 1;
    now += 1;
    if (calls === call) {
      ledger.push({ ...laterConsent, entry: ledger.length + 1, decidedAt: epochMillis(now) });
      now += 1;
    }
    return effect();
  };
  const { writtenBy } = await endConsent({
    ledger: {
      last: async () => step(() => ledger.at(-1)),
      list: async () => step(() => [...ledger]),
      expire: async ({ entry }) => step(() => void expiring.add(entry)),
    },
    withdrawals: {
      record: async (next) => step(() => ledger.length === next.entry - 1 && ledger.push(next) > 0),
    },
    connections: {
      ...noLiveGroups,
      readSockets: async () => step(() => ({ live: [], muted: [] })),
      mute: async () => false,
    },
    policy: { version: '1', digest: '' },
    proofSeconds: 100,
    now: () => epochMillis(now),
  })(accountErasure, askingFor(), undefined);
  return { calls, ledger, expiring, writtenBy: writtenBy ?? 0 };
}

test('whoever consents again in the midst of it begins anew: not withdrawn, not forgotten, and not meant', async () => {
  const { calls } = await withReturnBefore(0);
  const lengths = new Set<number>();
  for (let call = 1; call <= calls; call += 1) {
    const { ledger, expiring, writtenBy } = await withReturnBefore(call);
    const last = ledger.at(-1);
    const withdrawn = ledger.findLast(({ decision }) => decision === 'withdrawn');
    lengths.add(ledger.length);
    expect(last?.decision).toBe('granted');
    expect(expiring.has(last?.entry ?? 0)).toBe(false);
    for (const entry of ledger.filter((each) => each !== last)) expect(expiring).toContain(entry.entry);
    expect(writtenBy).toBeGreaterThanOrEqual(withdrawn?.decidedAt ?? accountErasure.writtenBy);
    expect(writtenBy).toBeLessThan(last?.decidedAt ?? 0);
  }
  // Before and behind the withdrawal.
  expect(lengths).toEqual(new Set([2, 3]));
});

import type { ConsentEntry } from '../../../shared/consent/consent-entry.ts';
import { endConsent } from '../../../shared/erasure/end-consent.ts';
import { eraseMemberships } from '../../../shared/erasure/erase-memberships.ts';
import type { ErasureRequest } from '../../../shared/erasure/erasure-request.ts';
import { hasReturned } from '../../../shared/erasure/has-returned.ts';
import { type LateLook, takeLateLook } from '../../../shared/erasure/late-look.ts';
import type { WrittenRange } from '../../../shared/erasure/message-erasure-store.ts';
import type { Holds } from '../../../shared/holds/holds.ts';
import { epochMillis } from '../../../shared/time.ts';

const none: Holds = { users: new Set(), conversations: new Set() };
const rooms = ['1', '2', '3'].map((digit) => `d-${digit.repeat(32)}`);
const [one = '', two = '', three = ''] = rooms;
const request: ErasureRequest = {
  userId: 'alice',
  requestId: 'r1',
  target: { scope: 'account' },
  requestedBy: 'user',
  requestedAt: epochMillis(5),
  writtenBy: epochMillis(5),
  state: 'accepted',
  step: 0,
  tallies: {},
  updatedAt: epochMillis(5),
  revision: 1,
};
const look: LateLook = {
  scope: 'account',
  userId: 'alice',
  writtenBy: epochMillis(5),
  conversationIds: rooms,
};

describe('a late look', () => {
  function lookWorld(holds: Holds, isOver = () => false) {
    const added: [LateLook, number | undefined][] = [];
    const read: string[] = [];
    const forgotten: string[] = [];
    const deps = {
      holds: { list: async () => holds },
      isOver,
      lateLooks: { add: async (next: LateLook, delay?: number) => void added.push([next, delay]) },
      sends: {
        page: async (_userId: string, _by: number, after?: string) =>
          after === undefined ? { keys: ['a'], next: 'a' } : { keys: ['b'] },
        remove: async (_userId: string, key: string) => void forgotten.push(key),
      },
      written: {
        now: () => epochMillis(9),
        tell: async () => undefined,
        removeMedia: async () => undefined,
        sends: { settle: async () => undefined },
        messages: {
          written: async ({ conversationId }: WrittenRange) => {
            read.push(conversationId);
            return { messages: [] };
          },
          blank: async () => true,
        },
      },
    };
    return { deps, added, read, forgotten };
  }

  test('goes through its conversations, and of an account forgets all the sends', async () => {
    const { deps, added, read, forgotten } = lookWorld(none);
    await takeLateLook(deps, look);
    expect([read, forgotten, added]).toEqual([rooms, ['a', 'b'], []]);
  });

  test('of a conversation leaves the sends: they tell a repeat what became of it', async () => {
    const { deps, forgotten } = lookWorld(none);
    await takeLateLook(deps, { ...look, scope: 'conversation' });
    expect(forgotten).toEqual([]);
  });

  test('waits for what is under hold', async () => {
    const { deps, added, read } = lookWorld({ ...none, conversations: new Set([two]) });
    await takeLateLook(deps, look);
    expect(read).toEqual([one, three]);
    expect(added).toEqual([[{ ...look, conversationIds: [two] }, 900]]);
  });

  test('leaves the rest to another invocation when its time is over', async () => {
    const answers = [false, true];
    const { deps, added, read } = lookWorld(none, () => answers.shift() ?? true);
    await takeLateLook(deps, look);
    expect(read).toEqual([one]);
    expect(added).toEqual([[{ ...look, conversationIds: [two, three] }, 0]]);
  });

  test('where messages are not stored is at the sends alone', async () => {
    const { deps, read, forgotten } = lookWorld(none);
    await takeLateLook({ ...deps, written: undefined }, look);
    expect([read, forgotten]).toEqual([[], ['a', 'b']]);
  });
});

describe('leaving the conversations', () => {
  function memberWorld(returned: boolean) {
    const looks: LateLook[] = [];
    const removed: string[] = [];
    const run = eraseMemberships({
      hasReturned: async () => returned,
      lateLooks: { add: async (next) => void looks.push(next) },
      memberships: {
        page: async () => ({ ids: rooms }),
        read: async (_userId, ids) => ids.map(() => undefined as never),
        remove: async (id) => removed.push(id) > 0,
      },
      conversations: {
        read: async () => undefined,
        keepPair: async () => undefined,
        strip: async () => undefined,
        uncontest: async () => undefined,
      },
    });
    return { run, looks, removed };
  }

  test('stays in what is under hold', async () => {
    const { run, removed } = memberWorld(false);
    const holds = { ...none, conversations: new Set([two]) };
    expect(await run(request, holds, undefined)).toEqual({ deleted: 2, found: 1, held: 1 });
    expect(removed).toEqual([one, three]);
  });

  test('is not for who has come back, but what was on its way before is looked for', async () => {
    const { run, looks, removed } = memberWorld(true);
    expect(await run(request, none, undefined)).toEqual({ deleted: 0, found: 0, held: 0 });
    expect(removed).toEqual([]);
    expect(looks).toEqual([look]);
  });
});

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
  expect(await hasReturned({ last: async () => last })(request)).toBe(expected);
});

test('an account ends with its consent: withdrawn once, suspended everywhere, kept as long as it proves something', async () => {
  const ledger = [entry];
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
    expect(await run(request, none, undefined)).toMatchObject({ writtenBy: 7_999 });
  expect(ledger).toHaveLength(2);
  expect(ledger[1]).toMatchObject({ entry: 2, decision: 'withdrawn', policyVersion: '2', decidedAt: 7_999 });
  expect(suspended).toEqual(['alice', 'alice']);
  expect(expired.slice(0, 2)).toEqual([
    [1, 107],
    [2, 107],
  ]);
});

import { isTargetOnHold } from '../../../shared/erasure/is-target-on-hold.ts';
import { addMet, notingHolds } from '../../../shared/erasure/met-holds.ts';
import { requestErasure } from '../../../shared/erasure/request-erasure.ts';
import { resumeErasures } from '../../../shared/erasure/resume-erasures.ts';
import type { ErasureKey, ErasureRequest } from '../../../shared/stores/privacy/erasure-request.ts';
import type { AskedHolds } from '../../../shared/stores/privacy/hold-store.ts';
import type { Holds } from '../../../shared/stores/privacy/holds.ts';
import { erasureKey } from '../../../shared/stores/privacy/privacy-keys.ts';
import { epochMillis } from '../../../shared/time.ts';
import { askingFor } from '../../support/hold-world.ts';
import { memoryLaps } from '../../support/memory-lap-store.ts';

const conversationId = `d-${'c'.repeat(32)}`;
const none: Holds = { users: new Set(), conversations: new Set() };
const among = (holds: Holds) => ({ among: askingFor(holds) });
const account: ErasureKey = { userId: 'alice', target: { scope: 'account' } };
const conversation: ErasureKey = { userId: 'alice', target: { scope: 'conversation', conversationId } };
const profile: ErasureKey = { userId: 'alice', target: { scope: 'profile' } };

/** Alice is a member of one conversation. */
const conversations = {
  listIds: async (userId: string) => ({ ids: userId === 'alice' ? [conversationId] : [] }),
};

describe('a hold touches', () => {
  const onUser: Holds = { ...none, users: new Set(['alice']) };
  const onConversation: Holds = { ...none, conversations: new Set([conversationId]) };
  const elsewhere: Holds = { users: new Set(['bob']), conversations: new Set(['d-other']) };
  test.each([
    ['nothing where there is none', none, [false, false, false]],
    ['all that its user asks for', onUser, [true, true, true]],
    ['what is asked for in its conversation', onConversation, [true, true, false]],
    ['nothing of another user or conversation', elsewhere, [false, false, false]],
  ] as const)('%s', async (_name, holds, expected) => {
    const kept = [account, conversation, profile].map(async (key) =>
      isTargetOnHold({ conversations, holds: among(holds) }, key),
    );
    expect(await Promise.all(kept)).toEqual(expected);
  });

  test('not the account of somebody who is not in the conversation', async () => {
    const deps = { conversations, holds: among(onConversation) };
    expect(await isTargetOnHold(deps, { ...account, userId: 'bob' })).toBe(false);
  });

  test.each([
    { held: 'g-00399', pages: 4, answer: true },
    { held: 'g-00000', pages: 1, answer: true },
    // Met by the erasure itself: an answer does not wait for thousands of keys.
    { held: 'g-00400', pages: 4, answer: false },
  ])('an account, as far as four calls can tell: $held of a thousand', async ({ held, pages, answer }) => {
    const all = Array.from({ length: 1000 }, (_, index) => `g-${String(index).padStart(5, '0')}`);
    const asked: number[] = [];
    const deps = {
      conversations: {
        listIds: async (_userId: string, limit: number, after = '') => {
          const left = all.filter((id) => id > after);
          const ids = left.slice(0, limit);
          return { ids, ...(left.length > limit && { next: ids.at(-1) as string }) };
        },
      },
      holds: {
        among: async (of: AskedHolds) => {
          asked.push((of.users?.length ?? 0) + (of.conversations?.length ?? 0));
          return among({ ...none, conversations: new Set([held]) }).among(of);
        },
      },
    };
    expect(await isTargetOnHold(deps, account)).toBe(answer);
    // The user, and then a hundred conversations a call.
    expect(asked).toEqual([1, ...Array.from({ length: pages }, () => 100)]);
  });
});

function requestWorld(holds = none) {
  let stored: ErasureRequest | undefined;
  let lost = 0;
  const queued: ErasureKey[] = [];
  const deps = {
    conversations,
    holds: among(holds),
    queue: { add: async (job: ErasureKey) => void queued.push(job) },
    now: () => epochMillis(50),
    randomId: () => 'r1',
    requests: {
      read: async () => stored,
      save: async (request: ErasureRequest, before: ErasureRequest | undefined) => {
        if (lost > 0) {
          lost -= 1;
          return false;
        }
        expect(before).toEqual(stored);
        stored = request;
        return true;
      },
      close: async () => true,
      list: async () => [],
      each: async function* () {},
    },
  };
  return {
    deps,
    queued,
    stored: () => stored,
    set: (request: ErasureRequest) => (stored = request),
    lose: (times: number) => (lost = times),
  };
}

describe('asking for an erasure', () => {
  test('is noted and queued, and answered with what a hold lets it be', async () => {
    for (const [holds, state] of [
      [none, 'accepted'],
      [{ ...none, users: new Set(['alice']) }, 'refused in part'],
    ] as const) {
      const world = requestWorld(holds);
      expect(await requestErasure(world.deps, 'alice', { scope: 'account' }, 'user')).toEqual({
        requestId: 'r1',
        state,
      });
      expect(world.stored()).toMatchObject({
        step: 0,
        writtenBy: 50,
        requestedAt: 50,
        revision: 1,
        tallies: {},
      });
      expect(world.queued).toEqual([account]);
    }
  });

  test('once more is the same request from its beginning: what went and the sockets to be cut are not forgotten', async () => {
    const world = requestWorld();
    await requestErasure(world.deps, 'alice', { scope: 'account' }, 'user');
    const before = world.stored() as ErasureRequest;
    world.set({
      ...before,
      requestId: 'r0',
      requestedAt: epochMillis(1),
      step: 5,
      after: 'noted',
      awaitsRelease: true,
      connections: ['c1 1 2 mark'],
      tallies: { messages: { deleted: 3, found: 2, held: 2 } },
      revision: 8,
    });
    await requestErasure(world.deps, 'alice', { scope: 'account' }, 'operator');
    expect(world.stored()).toEqual({
      ...before,
      requestId: 'r0',
      requestedAt: 1,
      requestedBy: 'operator',
      connections: ['c1 1 2 mark'],
      tallies: { messages: { deleted: 3, found: 0, held: 0 } },
      revision: 9,
    });
  });

  test('is tried again while somebody else goes on with it, and in the end refused as a conflict', async () => {
    const world = requestWorld();
    world.lose(9);
    expect(await requestErasure(world.deps, 'alice', { scope: 'profile' }, 'user')).toMatchObject({
      requestId: 'r1',
    });
    world.lose(10);
    const refused = requestErasure(world.deps, 'alice', { scope: 'profile' }, 'user');
    await expect(refused).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(world.queued).toHaveLength(1);
  });
});

describe('the schedule takes up', () => {
  const minute = 60_000;
  const open = (fields: Partial<ErasureRequest>): ErasureRequest => ({
    ...account,
    requestId: 'r1',
    requestedBy: 'user',
    requestedAt: epochMillis(0),
    writtenBy: epochMillis(0),
    state: 'accepted',
    step: 0,
    tallies: {},
    updatedAt: epochMillis(0),
    revision: 1,
    ...fields,
  });
  const held: Holds = { ...none, users: new Set(['alice']) };
  const inOne: Holds = { ...none, conversations: new Set([conversationId]) };
  const waiting = { state: 'refused in part', awaitsRelease: true } as const;
  const justNow = { ...waiting, updatedAt: epochMillis(minute) };
  async function resume(
    holds: Holds,
    all: readonly ErasureRequest[],
    minutes: number,
    { laps = memoryLaps(), most = 99 } = {},
  ) {
    const world = requestWorld(holds);
    let seen = 0;
    const deps = {
      ...world.deps,
      laps,
      requests: {
        each: async function* (after = '') {
          for (const request of all) if (erasureKey(request).at > after) yield request;
        },
      },
      now: () => epochMillis(minutes * minute),
      isOver: () => {
        seen += 1;
        return seen >= most;
      },
    };
    return { ages: await resumeErasures(deps), queued: world.queued.map(({ userId }) => userId), laps };
  }

  test.each([
    ['what nobody has touched for five minutes', none, open({}), 5, 1, 300],
    ['nothing that is at work', none, open({ updatedAt: epochMillis(minute) }), 5, 0, 300],
    ['what waits for a hold, once that is lifted', none, open(justNow), 1, 1, 60],
    [
      'what waits for the hold of a conversation, once that is lifted',
      none,
      open({ ...justNow, heldConversations: [conversationId] }),
      ...([1, 1, 60] as const),
    ],
    ['nothing that a hold keeps', held, open(waiting), 60, 0, 0],
    [
      'nothing that a hold of a conversation keeps',
      inOne,
      open({ ...waiting, heldConversations: ['g-lifted', conversationId] }),
      ...([60, 0, 0] as const),
    ],
    [
      'what an earlier release has left waiting without a note of the conversation',
      inOne,
      open(waiting),
      60,
      1,
      3600,
    ],
    ['what no hold keeps of an erasure that one does', held, open({ state: 'refused in part' }), 5, 1, 300],
  ])('%s', async (_name, holds, request, minutes, queued, age) => {
    const resumed = await resume(holds, [request], minutes);
    expect(resumed.ages).toEqual({ oldest: age, oldestOfAll: minutes * 60 });
    expect(resumed.queued).toHaveLength(queued);
  });

  test('as many as fit in, and the next run goes on behind them', async () => {
    const all = ['alice', 'bob', 'carol'].map((userId) => open({ userId }));
    const first = await resume(none, all, 5, { most: 2 });
    expect(first.queued).toEqual(['alice', 'bob']);
    const second = await resume(none, all, 5, { laps: first.laps });
    expect(second.queued).toEqual(['carol']);
    expect((await resume(none, all, 5, { laps: first.laps })).queued).toEqual(['alice', 'bob', 'carol']);
  });
});

test('a pass notes the conversations on hold that it has met, as many as one call asks for again', async () => {
  const met = new Set<string>();
  const ask = notingHolds(askingFor({ conversations: new Set(['g-1', 'g-3']) }), met);
  await ask({ users: ['alice'], conversations: ['g-1', 'g-2'] });
  await ask({ users: ['alice'] });
  expect([...met]).toEqual(['g-1']);
  expect(addMet(['g-0'], met)).toEqual(['g-0', 'g-1']);
  expect(
    addMet(
      Array.from({ length: 99 }, (_, index) => `g-${index + 9}`),
      met,
    ),
  ).toHaveLength(99);
});

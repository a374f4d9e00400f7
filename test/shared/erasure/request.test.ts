import { isTargetOnHold } from '../../../shared/erasure/is-target-on-hold.ts';
import { requestErasure } from '../../../shared/erasure/request-erasure.ts';
import { resumeErasures } from '../../../shared/erasure/resume-erasures.ts';
import type { ErasureKey, ErasureRequest } from '../../../shared/stores/privacy/erasure-request.ts';
import type { Holds } from '../../../shared/stores/privacy/holds.ts';
import { epochMillis } from '../../../shared/time.ts';

const conversationId = `d-${'c'.repeat(32)}`;
const none: Holds = { users: new Set(), conversations: new Set() };
const account: ErasureKey = { userId: 'alice', target: { scope: 'account' } };
const conversation: ErasureKey = { userId: 'alice', target: { scope: 'conversation', conversationId } };
const profile: ErasureKey = { userId: 'alice', target: { scope: 'profile' } };

/** Alice is a member of one conversation. */
const conversations = {
  readMemberships: async (userId: string, ids: readonly string[]) =>
    userId === 'alice' && ids.includes(conversationId) ? [undefined as never] : [],
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
      isTargetOnHold({ conversations }, holds, key),
    );
    expect(await Promise.all(kept)).toEqual(expected);
  });

  test('not the account of somebody who is not in the conversation', async () => {
    expect(await isTargetOnHold({ conversations }, onConversation, { ...account, userId: 'bob' })).toBe(
      false,
    );
  });
});

function requestWorld(holds = none) {
  let stored: ErasureRequest | undefined;
  let lost = 0;
  const queued: ErasureKey[] = [];
  const deps = {
    conversations,
    holds: { list: async () => holds },
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
  const waiting = { state: 'refused in part', awaitsRelease: true } as const;
  test.each([
    ['what nobody has touched for five minutes', none, open({}), 5, 1, 300],
    ['nothing that is at work', none, open({ updatedAt: epochMillis(minute) }), 5, 0, 300],
    [
      'what waits for a hold, once that is lifted',
      none,
      open({ ...waiting, updatedAt: epochMillis(minute) }),
      1,
      1,
      60,
    ],
    ['nothing that a hold keeps', held, open(waiting), 60, 0, 0],
    ['what no hold keeps of an erasure that one does', held, open({ state: 'refused in part' }), 5, 1, 300],
  ])('%s', async (_name, holds, request, minutes, queued, age) => {
    const world = requestWorld(holds);
    const deps = {
      ...world.deps,
      requests: { list: async () => [request] },
      now: () => epochMillis(minutes * minute),
    };
    expect(await resumeErasures(deps)).toEqual({ oldest: age, oldestOfAll: minutes * 60 });
    expect(world.queued).toHaveLength(queued);
  });
});

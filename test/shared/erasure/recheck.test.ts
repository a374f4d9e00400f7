import { randomUUID } from 'node:crypto';
import type { ErasureMeaning } from '../../../shared/erasure/eraser.ts';
import { type Recheck, rechecks, runRecheck } from '../../../shared/erasure/recheck.ts';
import type { Head } from '../../../shared/stores/conversations/conversation.ts';
import type { RetryMark } from '../../../shared/stores/conversations/retry-mark.ts';
import type { ErasureRequest } from '../../../shared/stores/privacy/erasure-request.ts';
import type { AskedHolds, AskHolds } from '../../../shared/stores/privacy/hold-store.ts';
import type { Holds } from '../../../shared/stores/privacy/holds.ts';
import type { LateLook } from '../../../shared/stores/privacy/late-look.ts';
import type { SendKey } from '../../../shared/stores/sends/send-key.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { accountErasure } from '../../support/account-erasure.ts';
import { amongHolds } from '../../support/hold-world.ts';
import { noChanges } from '../../support/no-changes.ts';

const none: Holds = { users: new Set(), conversations: new Set() };
const rooms = ['1', '2', '3'].map((digit) => `d-${digit.repeat(32)}`);
const [one = '', two = '', three = ''] = rooms;
const look: Recheck = {
  scope: 'account',
  userId: 'alice',
  writtenBy: epochMillis(5),
  conversationIds: rooms,
};

/** Late looks, and what they find of messages, sends and the other stores. */
function lookWorld({ holds = none, isOver = (): boolean => false, returned = false } = {}) {
  const state = { now: 1_000_000, holds, open: undefined as ErasureRequest | undefined };
  const looks = new Map<string, LateLook>();
  const queued: [string, number][] = [];
  const read: string[] = [];
  const erased: string[] = [];
  const revoked: string[] = [];
  const sends = new Set(['a', 'b']);
  const marks = new Map<string, readonly RetryMark[]>();
  const noted: unknown[][] = [];
  const now = () => epochMillis(state.now);
  const store = {
    read: async (id: string) => looks.get(id),
    save: async (next: LateLook, before: LateLook | undefined) => {
      if (looks.get(next.id)?.revision !== before?.revision) return false;
      looks.set(next.id, next);
      return true;
    },
    remove: async ({ id }: LateLook) => looks.delete(id),
    each: async function* () {},
  };
  const jobs = {
    add: async ({ lateLook }: { readonly lateLook: string }, delay = 0) =>
      void queued.push([lateLook, delay]),
  };
  const eraser =
    (name: string) =>
    async ({ writtenBy, heldIn }: ErasureMeaning, _: AskHolds, after?: string) => {
      erased.push(`${name} ${after ?? 'from the start'} by ${writtenBy}${heldIn ? ` but ${heldIn}` : ''}`);
      const more = name === 'conversations' && after === undefined && { after: 'page 2' };
      return { deleted: name === 'rateLimits' ? 3 : 0, found: 0, held: 0, ...more };
    };
  const deps = {
    looks: store,
    jobs,
    holds: { among: async (asked: AskedHolds) => amongHolds(state.holds, asked) },
    requests: { read: async () => state.open },
    // A moment after the end of the consent.
    returnedAt: async () => (returned ? epochMillis(6) : undefined),
    titles: undefined,
    proofSeconds: 60,
    receipts: { addLateDeletions: async (...args: unknown[]) => void noted.push(args) },
    revokeExports: async (ids: readonly string[]) => void revoked.push(...ids),
    now,
    isOver,
    erasers: {
      conversations: eraser('conversations'),
      mediaObjects: eraser('mediaObjects'),
      sends: eraser('sends'),
      profiles: undefined,
      exportFiles: eraser('exportFiles'),
      rateLimits: eraser('rateLimits'),
      reports: eraser('reports'),
      personal: eraser('personal'),
      live: eraser('live'),
      connections: eraser('connections'),
    },
    conversations: {
      forgetNamedBy: async () => undefined,
      readHead: async (id: string) => ({ retryMarks: marks.get(id) ?? [] }) as unknown as Head,
      clearRetries: async (id: string, gone: readonly RetryMark[]) =>
        void marks.set(id, marks.get(id)?.filter((mark) => !gone.includes(mark)) ?? []),
    },
    sends: {
      // A page of one, which may hold nothing but what was sent since: `new` in its name.
      listKeys: async (_userId: string, _claimedBy: number, after = '') => {
        const [key, ...more] = [...sends].filter((each) => each > after);
        if (key === undefined) return { keys: [] };
        return { keys: key.includes('new') ? [] : [key], ...(more.length > 0 && { next: key }) };
      },
      remove: async ({ sendKey }: SendKey) => void sends.delete(sendKey),
    },
    written: {
      now: () => epochMillis(9),
      tell: async () => undefined,
      ...noChanges,
      removeMedia: async () => 'removed' as const,
      objects: { count: async () => 0 },
      sends: { recordResult: async () => undefined },
      messages: {
        headers: async (conversationId: string, { after = 0 }) => {
          read.push(`${conversationId} ${after}`);
          const header = {
            conversationId,
            seq: 100,
            sentAt: epochMillis(1),
            expiresAt: 9 as EpochSeconds,
            held: false,
          };
          return { headers: after === 0 ? [header] : [], more: after === 0 };
        },
        tombstone: async () => true,
      },
    },
  };
  const add = async (what: Recheck = look) => {
    await rechecks({ looks: store, jobs, now, randomId: randomUUID }).add(what);
    return queued.at(-1)?.[0] ?? '';
  };
  return { state, deps, looks, queued, read, erased, revoked, sends, marks, noted, add };
}

const wait = 60_000;

test('is noted with its time, and the same is noted once', async () => {
  const { add, looks, queued } = lookWorld();
  expect(await add()).toBe(await add());
  expect(looks.size).toBe(1);
  expect([...looks.values()][0]).toMatchObject({ ...look, dueAt: 1_060_000 });
  expect(queued[0]?.[1]).toBe(60);
  await add({ ...look, conversationIds: [one] });
  expect(looks.size).toBe(2);
});

test('that the queue brings early waits for its time', async () => {
  const { state, deps, add, queued, read } = lookWorld();
  const id = await add();
  state.now += wait - 10_000;
  await runRecheck(deps, id);
  expect([read, queued.at(-1)]).toEqual([[], [id, 10]]);
});

test('goes through its conversations a page at a time, forgets the sends of an account, and is over', async () => {
  const { state, deps, add, looks, read, revoked, sends } = lookWorld();
  const id = await add();
  state.now += wait;
  await runRecheck(deps, id);
  expect(read).toEqual(rooms.flatMap((room) => [`${room} 0`, `${room} 100`]));
  // A zip that was written since has what came late.
  expect(revoked).toEqual(rooms);
  expect([sends.size, looks.size]).toEqual([0, 0]);
  // A delivery that comes twice finds nothing.
  await runRecheck(deps, id);
});

const mark = (userId: string, at: number): RetryMark => ({ userId, at: epochMillis(at) });

test.each([
  { returned: false, left: [mark('bob', 4)] },
  // A later mark guards a send of now.
  { returned: true, left: [mark('bob', 4), mark('alice', 6)] },
])('of an account clears the marks of repeats that were under way: come back $returned', async (the) => {
  const { state, deps, add, marks } = lookWorld(the);
  marks.set(two, [mark('alice', 4), mark('bob', 4), mark('alice', 6)]);
  const id = await add();
  state.now += wait;
  await runRecheck(deps, id);
  expect(marks.get(two)).toEqual(the.left);
});

test('passes over what somebody who has come back has sent since, and comes to an end', async () => {
  const { state, deps, add, looks, sends } = lookWorld();
  const id = await add();
  for (const each of ['a-new', 'c', 'd-new']) sends.add(each);
  state.now += wait;
  await runRecheck(deps, id);
  expect([[...sends], looks.size]).toEqual([['a-new', 'd-new'], 0]);
});

test('of a conversation leaves the sends and the marks: they tell a repeat what became of it', async () => {
  const { state, deps, add, sends, marks } = lookWorld();
  marks.set(two, [mark('alice', 4)]);
  const id = await add({ ...look, scope: 'conversation' });
  state.now += wait;
  await runRecheck(deps, id);
  expect([sends.size, marks.get(two)?.length]).toEqual([2, 1]);
});

test('waits for what is under hold, and goes on when that is lifted', async () => {
  const { state, deps, add, looks, queued, read } = lookWorld({
    holds: { ...none, conversations: new Set([two]) },
  });
  const id = await add();
  state.now += wait;
  await runRecheck(deps, id);
  expect(new Set(read.map((each) => each.split(' ')[0]))).toEqual(new Set([one, three]));
  expect(looks.get(id)).toMatchObject({ conversationIds: [two], dueAt: state.now + 900_000 });
  expect(queued.at(-1)).toEqual([id, 900]);
  state.holds = none;
  state.now += 900_000;
  await runRecheck(deps, id);
  expect(looks.size).toBe(0);
});

test('leaves the rest to another invocation when its time is over, which goes on in the midst of a conversation', async () => {
  let slices = 0;
  const { state, deps, add, queued, read } = lookWorld({
    isOver: () => {
      slices += 1;
      return slices > 1;
    },
  });
  const id = await add();
  state.now += wait;
  await runRecheck(deps, id);
  expect([read, queued.at(-1)]).toEqual([[`${one} 0`], [id, 0]]);
  slices = 0;
  await runRecheck(deps, id);
  expect(read.at(-1)).toBe(`${one} 100`);
});

test('at everything looks at each store, up to now, and page by page', async () => {
  const { state, deps, add, looks, erased } = lookWorld();
  const id = await add({ ...look, scope: 'everything', conversationIds: [] });
  state.now += wait;
  await runRecheck(deps, id);
  expect(erased).toEqual([
    'conversations from the start by 1060000',
    'conversations page 2 by 1060000',
    'mediaObjects from the start by 1060000',
    'sends from the start by 1060000',
    'exportFiles from the start by 1060000',
    'reports from the start by 1060000',
    'personal from the start by 1060000',
    'rateLimits from the start by 1060000',
    'live from the start by 1060000',
    'connections from the start by 1060000',
  ]);
  expect(looks.size).toBe(0);
});

test('takes no membership while a pass of the erasure is at work, which finds the messages by it', async () => {
  const { state, deps, add, looks, erased, queued } = lookWorld();
  const id = await add({ ...look, scope: 'everything', conversationIds: [] });
  state.now += wait;
  state.open = accountErasure;
  await runRecheck(deps, id);
  expect([erased, looks.get(id)?.dueAt, queued.at(-1)]).toEqual([[], state.now + wait, [id, 60]]);
  // All has been looked at, and what is left waits for a release.
  state.open = { ...accountErasure, awaitsRelease: true, heldIn: [two] };
  state.now += wait;
  await runRecheck(deps, id);
  expect(erased[0]).toBe(`conversations from the start by ${state.now} but ${two}`);
  expect(looks.size).toBe(0);
});

test('of who has come back means what was written before, and no zip', async () => {
  const { state, deps, add, erased } = lookWorld({ returned: true });
  const id = await add({ ...look, scope: 'everything', conversationIds: [] });
  state.now += wait;
  await runRecheck(deps, id);
  expect(erased.filter((line) => !line.endsWith('by 5'))).toEqual([]);
  expect(erased.join()).not.toContain('exportFiles');
});

test('where messages are not stored is at the sends alone', async () => {
  const { state, deps, add, read, sends, looks } = lookWorld();
  const id = await add();
  state.now += wait;
  await runRecheck({ ...deps, written: undefined }, id);
  expect([read, sends.size, looks.size]).toEqual([[], 0, 0]);
});

test('what it deletes is told by the receipt of the request, before the place is saved', async () => {
  const { state, deps, add, noted, looks } = lookWorld();
  const headers = async (conversationId: string, { after = 0 }) => {
    const first = {
      conversationId,
      seq: 100,
      sentAt: epochMillis(1),
      expiresAt: 9 as EpochSeconds,
      held: false,
    };
    const own = { ...first, from: 'alice', id: 'm1', mediaId: 'p1' };
    return { headers: after === 0 && conversationId === two ? [own] : [], more: false };
  };
  const messages = { headers, tombstone: async () => true };
  const id = await add({ ...look, requestId: 'r1' });
  state.now += wait;
  let savedBefore = -1;
  const save = async (...[next, before]: Parameters<typeof deps.looks.save>) => {
    // In the look itself nothing is counted: a crash here repeats the slice, which finds nothing of it.
    if (next.conversationIds.length === 1) savedBefore = noted.length;
    return deps.looks.save(next, before);
  };
  await runRecheck({ ...deps, looks: { ...deps.looks, save }, written: { ...deps.written, messages } }, id);
  const end = 1_060 + 60;
  expect(noted).toEqual([
    ['alice', 'r1', { messages: 1, mediaObjects: 1 }, end],
    ['alice', 'r1', { sends: 1 }, end],
    ['alice', 'r1', { sends: 1 }, end],
  ]);
  expect([savedBefore, looks.size]).toEqual([1, 0]);
});

// A frame that was let in before the end of the consent may say a later time: the one at which it got so far.
test.each([
  { scope: 'account', returned: false, gone: [4, 5, 6, 7] },
  // A moment after the end of the consent: what says a later time is of the new life.
  { scope: 'account', returned: true, gone: [4, 5] },
  { scope: 'conversation', returned: false, gone: [4, 5] },
] as const)('of $scope takes what says a later time only as its own, come back $returned', async (the) => {
  const { state, deps, add } = lookWorld(the);
  const gone: number[] = [];
  const said = [4, 5, 6, 7];
  const headers = async (conversationId: string) => ({
    headers: said.map((at) => ({
      ...{ conversationId, seq: at, from: 'alice', id: `m${at}` },
      ...{ sentAt: epochMillis(at), expiresAt: 9 as EpochSeconds, held: false },
    })),
    more: false,
  });
  const tombstone = async ({ seq }: { readonly seq: number }) => {
    gone.push(seq);
    return true;
  };
  const id = await add({ ...look, scope: the.scope, conversationIds: [one] });
  state.now += wait;
  await runRecheck({ ...deps, written: { ...deps.written, messages: { headers, tombstone } } }, id);
  expect(gone).toEqual(the.gone);
});

test('what it deletes of the other stores is told too; of a request that an earlier release noted nobody knows whose', async () => {
  for (const requestId of ['r1', undefined]) {
    const { state, deps, add, noted } = lookWorld();
    const everything = { ...look, scope: 'everything', conversationIds: [] } as const;
    const id = await add(requestId === undefined ? everything : { ...everything, requestId });
    state.now += wait;
    await runRecheck(deps, id);
    expect(noted).toEqual(requestId === undefined ? [] : [['alice', 'r1', { rateLimits: 3 }, 1_120]]);
  }
});

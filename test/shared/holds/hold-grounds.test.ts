import { placeHold } from '../../../shared/holds/place-hold.ts';
import { setHold } from '../../../shared/holds/set-hold.ts';
import { tendHolds } from '../../../shared/holds/tend-holds.ts';
import type { HoldTarget } from '../../../shared/stores/privacy/holds.ts';
import { epochMillis } from '../../../shared/time.ts';
import { holdWorld } from '../../support/hold-world.ts';
import { direct } from '../../support/step.ts';

const alice = { kind: 'user', userId: 'alice' } as const;
const order = { ...alice, reason: 'case 12', authority: 'district court' };
const end = Date.parse('2027-01-31T00:00:00Z');

function world() {
  const holds = holdWorld();
  const queued: HoldTarget[] = [];
  const state = { now: Date.parse('2026-11-29T00:00:00Z') };
  const deps = {
    holds: holds.deps(direct),
    work: { add: async (target: HoldTarget) => void queued.push(target) },
    conversations: { read: async () => undefined },
    stored: { messages: true, profiles: true },
    now: () => epochMillis(state.now),
    isOver: () => false,
  };
  return { holds, queued, state, deps };
}

test('a hold says why, by whose order and until when; asked again it changes what is named and nothing else', async () => {
  const { deps, queued } = world();
  const first = await placeHold(deps, { ...order, endsAt: '2027-01-31T00:00:00Z' });
  const grounds = { reason: 'case 12', authority: 'district court', endsAt: '2027-01-31T00:00:00.000Z' };
  expect(first).toMatchObject({ state: 'placing', heldNotBefore: '2026-11-29T00:05:30.000Z', grounds });
  const before = await deps.holds.find(alice);
  expect(await placeHold(deps, alice)).toEqual(first);
  expect(await placeHold(deps, { ...order, endsAt: '2027-01-31T00:00:00Z' })).toEqual(first);
  expect(await deps.holds.find(alice)).toEqual(before);
  const longer = await placeHold(deps, { ...alice, endsAt: '2028-01-31T00:00:00Z' });
  expect(longer).toEqual({ ...first, grounds: { ...grounds, endsAt: '2028-01-31T00:00:00.000Z' } });
  // Where the walk is has not been forgotten, and no second one begun.
  expect((await deps.holds.find(alice))?.backfill).toEqual(before?.backfill);
  expect(queued).toEqual([alice]);
});

test('a hold is released by itself once its end has come, and no moment before', async () => {
  const { deps, queued, state, holds } = world();
  await placeHold(deps, { ...order, endsAt: new Date(end).toISOString() });
  await setHold(deps, { kind: 'user', userId: 'bob' }, 'held');
  state.now = end - 1;
  await tendHolds(deps);
  expect(holds.inForce().users).toEqual(new Set(['alice', 'bob']));
  state.now = end;
  await tendHolds(deps);
  expect(holds.inForce().users).toEqual(new Set(['bob']));
  expect(await deps.holds.find(alice)).toMatchObject({
    state: 'releasing',
    since: end,
    backfill: { pass: 1 },
  });
  const released = await deps.holds.find(alice);
  expect(queued.slice(-2)).toEqual([alice, { kind: 'user', userId: 'bob' }]);
  state.now += 1;
  await tendHolds(deps);
  expect(await deps.holds.find(alice)).toEqual(released);
});

test('a hold whose end is moved while it is being released stays', async () => {
  const { deps, state, holds } = world();
  const placedAt = state.now;
  await placeHold(deps, { ...order, endsAt: new Date(end).toISOString() });
  state.now = end;
  const each = async function* () {
    for await (const seen of deps.holds.each()) {
      await placeHold(deps, { ...alice, endsAt: '2028-01-31T00:00:00Z' });
      yield seen;
    }
  };
  await tendHolds({ ...deps, holds: { ...deps.holds, each } });
  expect(holds.inForce().users).toEqual(new Set(['alice']));
  expect(await deps.holds.find(alice)).toMatchObject({ state: 'held', since: placedAt });
});

import { carryOutErasure } from '../../../shared/erasure/carry-out-erasure.ts';
import { type Recheck, rechecks, runRecheck } from '../../../shared/erasure/recheck.ts';
import { requestErasure } from '../../../shared/erasure/request-erasure.ts';
import { type ErasureStore, erasureStore } from '../../../shared/stores/privacy/erasure-store.ts';
import { lateLookId } from '../../../shared/stores/privacy/late-look.ts';
import { type LateLookStore, lateLookStore } from '../../../shared/stores/privacy/late-look-store.ts';
import { epochMillis } from '../../../shared/time.ts';
import { people, start } from '../../support/erasure-acts.ts';
import { erasureWorld, rooms } from '../../support/erasure-world.ts';
import { direct } from '../../support/step.ts';
import { type StoreTables, storeTables } from '../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('privacy');
});
afterAll(async () => tables?.close());

const key = { userId: 'alice', target: { scope: 'account' } } as const;

function world() {
  const erasure = erasureWorld();
  const state = { now: start };
  const now = () => state.now;
  for (const each of people) erasure.join(each, start);
  return { state, now, deps: erasure.workDeps(direct, now), asking: erasure.requestDeps(direct, now) };
}

/** A worker that comes to its first such call and makes it when it is let, minutes later. */
function late<Item, Rest extends readonly unknown[]>(call: (item: Item, ...rest: Rest) => Promise<boolean>) {
  const reached = Promise.withResolvers<Item>();
  const wait = Promise.withResolvers<void>();
  const later = async (item: Item, ...rest: Rest) => {
    reached.resolve(item);
    await wait.promise;
    return call(item, ...rest);
  };
  return { later, reached: reached.promise, go: wait.resolve };
}

test.each(['save', 'close'] as const)(
  'who comes late to %s a request that is over leaves alone the one that was made since, though it has changed as often',
  async (which) => {
    const { deps, asking } = world();
    const requests = erasureStore(tables.db, 'privacy');
    const carryOut = async (store: ErasureStore) => carryOutErasure({ ...deps, requests: store }, key);
    const ask = async () => requestErasure({ ...asking, requests }, key.userId, key.target, 'user');
    const first = await ask();
    const save = late(requests.save);
    const close = late(requests.close);
    const slow = which === 'save' ? { ...requests, save: save.later } : { ...requests, close: close.later };
    const worker = carryOut(slow);
    const { revision } = await (which === 'save' ? save : close).reached;

    await carryOut(requests);
    expect(await requests.read(key)).toBeUndefined();
    const second = await ask();
    let made = await requests.read(key);
    const seen = which === 'save' ? revision - 1 : revision;
    while (made !== undefined && made.revision < seen) {
      const next = { ...made, revision: made.revision + 1 };
      await requests.save(next, made);
      made = next;
    }
    expect(made).toMatchObject({ requestId: second.requestId, revision: seen });
    expect(second.requestId).not.toBe(first.requestId);

    save.go();
    close.go();
    await worker;
    expect(await requests.read(key)).toEqual(made);
    if (made) await requests.close(made);
  },
);

test('who comes late to the end of a second look leaves alone the one that was noted since for the same', async () => {
  const { state, now, deps } = world();
  const looks = lateLookStore(tables.db, 'privacy');
  let notes = 0;
  const randomId = () => {
    notes += 1;
    return `n${notes}`;
  };
  const { add } = rechecks({ looks, jobs: deps.jobs, now: () => epochMillis(now()), randomId });
  // A piece of an erasure whose save was lost notes the same a second time.
  const look: Recheck = {
    scope: 'conversation',
    userId: 'alice',
    writtenBy: epochMillis(start),
    conversationIds: [rooms[0] ?? ''],
  };
  const id = lateLookId(look);
  const run = async (store: LateLookStore) => runRecheck({ ...deps, looks: store }, id);
  await add(look);
  state.now += 61_000;
  const save = late(looks.save);
  const worker = run({ ...looks, save: save.later });
  await save.reached;
  await run(looks);
  expect(await looks.read(id)).toBeUndefined();
  await add(look);
  const noted = await looks.read(id);
  save.go();
  await worker;
  expect(noted).toMatchObject({ revision: 1, noteId: 'n2' });
  expect(await looks.read(id)).toEqual(noted);
});

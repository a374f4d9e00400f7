import type { AwaitedHandover, Handover } from '../../../../shared/stores/handovers/handover.ts';
import { type HandoverStore, handoverStore } from '../../../../shared/stores/handovers/handover-store.ts';
import type { EpochSeconds } from '../../../../shared/time.ts';
import { handoverWorld } from '../../../support/handover-world.ts';
import { direct } from '../../../support/step.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('handovers');
});
afterAll(async () => tables?.close());

const subjects: readonly (readonly [string, () => HandoverStore])[] = [
  ['the engine', () => handoverStore(tables.db, 'handovers')],
  ['the fake', () => handoverWorld(() => 0).store(direct)],
];

const bob = { userId: 'bob', connectionId: 'b1' };
const carol = { userId: 'carol', connectionId: 'c1' };
const handover = (seq: number): Handover => ({
  conversationId: 'd-1',
  seq,
  mediaId: 'film',
  variants: ['poster'],
  until: 500 as EpochSeconds,
});

async function all(store: HandoverStore): Promise<readonly AwaitedHandover[]> {
  const found: AwaitedHandover[] = [];
  for await (const each of store.list()) found.push(each);
  return found;
}

describe.each(subjects)('handovers on %s', (_name, subject) => {
  test('it is over when the last of those who wait has it, and for the last one alone', async () => {
    const store = subject();
    const one = handover(1);
    expect(await store.begin(one, [bob, carol])).toBe(true);
    expect(await store.receive(one, { userId: 'dave', connectionId: 'd1' })).toBeUndefined();
    expect(await store.receive(one, bob)).toBeUndefined();
    expect(await store.receive(one, bob)).toBeUndefined();
    expect(await store.receive(one, carol)).toMatchObject({ mediaId: 'film', seq: 1 });
    expect(await store.receive(one, carol)).toBeUndefined();
    await store.remove(one);
    await store.remove(one);
    expect(await store.get(one)).toBeUndefined();
    expect(await store.receive(one, carol)).toBeUndefined();
  });

  test('a repeat adds who waits and moves no end; with other media it is refused', async () => {
    const store = subject();
    const two = handover(2);
    await store.begin(two, [bob]);
    expect(await store.begin({ ...two, until: 900 as EpochSeconds }, [carol])).toBe(true);
    expect(await store.begin({ ...two, mediaId: 'another film' }, [bob])).toBe(false);
    expect(await store.get(two)).toMatchObject({ mediaId: 'film', until: 500 });
    const [found] = await all(store);
    expect(found?.waiting.toSorted((a, b) => a.userId.localeCompare(b.userId))).toEqual([bob, carol]);
    await store.remove(two);
  });

  test('what nobody waits for is listed too, until it is removed', async () => {
    const store = subject();
    await store.begin(handover(3), []);
    expect(await all(store)).toMatchObject([{ seq: 3, waiting: [] }]);
    await store.remove(handover(3));
    expect(await all(store)).toEqual([]);
  });
});

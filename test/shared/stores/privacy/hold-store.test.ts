import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { type HoldStore, holdStore } from '../../../../shared/stores/privacy/hold-store.ts';
import type { HoldTarget } from '../../../../shared/stores/privacy/holds.ts';
import { holdKey } from '../../../../shared/stores/privacy/privacy-keys.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { collect } from '../../../support/collect.ts';
import { holdWorld } from '../../../support/hold-world.ts';
import { direct } from '../../../support/step.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';
import { unitCounter } from '../../../support/unit-counter.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('privacy');
});
afterAll(async () => tables?.close());

const alice: HoldTarget = { kind: 'user', userId: 'alice' };
const conversation: HoldTarget = { kind: 'conversation', conversationId: 'd-1' };
const newHold = { target: alice, state: 'held', since: epochMillis(7), moved: 0 } as const;
const nobody = { users: new Set(), conversations: new Set() };
const backfill = { pass: 1, notBefore: 9 as EpochSeconds, conversationId: 'd-2', seq: 4 } as const;

const subjects: readonly (readonly [string, () => HoldStore])[] = [
  ['the engine', () => holdStore(tables.db, 'privacy')],
  ['the fake', () => holdWorld().deps(direct)],
];

describe.each(subjects)('the holds on %s', (_name, subject) => {
  test('of two that change a hold one gives way, and only holds in force are listed', async () => {
    const holds = subject();
    expect(await holds.replace(newHold, undefined)).toBe(true);
    expect(await holds.replace(newHold, undefined)).toBe(false);
    const first = await holds.find(alice);
    expect(first).toEqual({ ...newHold, revision: 1 });
    expect(await holds.replace({ ...newHold, target: conversation }, undefined)).toBe(true);

    const asked = { users: ['alice', 'bob', 'alice'], conversations: ['d-1', 'd-2'] };
    expect(await holds.among(asked)).toEqual({ users: new Set(['alice']), conversations: new Set(['d-1']) });
    expect(await holds.among({ users: ['bob', 'd-1'], conversations: ['d-2', 'alice'] })).toEqual(nobody);
    expect(await holds.among({})).toEqual(nobody);

    expect(await holds.replace({ ...newHold, state: 'releasing' }, first)).toBe(true);
    expect((await holds.among(asked)).users).toEqual(new Set());
    expect(await holds.replace({ ...newHold, moved: 9 }, first)).toBe(false);
    expect(first && (await holds.remove(first))).toBe(false);
    const all = async (after?: string) => collect(holds.each(after));
    expect((await all()).map(({ target }) => target)).toEqual([conversation, alice]);
    expect((await all(holdKey(conversation).at)).map(({ target }) => target)).toEqual([alice]);
    for (const hold of await all()) expect(await holds.remove(hold)).toBe(true);
    expect(await all()).toEqual([]);
  });

  test('of a hold that was removed and placed again nobody goes on who has read the first', async () => {
    const holds = subject();
    await holds.replace(newHold, undefined);
    const first = await holds.find(alice);
    if (first) await holds.remove(first);
    const later = { ...newHold, since: epochMillis(8) };
    await holds.replace(later, undefined);
    expect(await holds.replace({ ...newHold, moved: 9 }, first)).toBe(false);
    expect(first && (await holds.remove(first))).toBe(false);
    const second = await holds.find(alice);
    expect(second).toEqual({ ...later, revision: 1 });
    expect(second && (await holds.remove(second))).toBe(true);
  });

  test('how far the backfill is stays with the hold, until it is over', async () => {
    const holds = subject();
    await holds.replace({ ...newHold, backfill }, undefined);
    const begun = await holds.find(alice);
    expect(begun).toEqual({ ...newHold, backfill, revision: 1 });
    await holds.replace(newHold, begun);
    const over = await holds.find(alice);
    expect(over).toEqual({ ...newHold, revision: 2 });
    expect(await holds.find({ kind: 'user', userId: 'alic' })).toBeUndefined();
    if (over) await holds.remove(over);
  });
});

test('the backfill is stored under the names it has always had', async () => {
  await holdStore(tables.db, 'privacy').replace({ ...newHold, backfill }, undefined);
  const { pass: round, ...place } = backfill;
  expect(await tables.itemOf('privacy', { record: 'holds', at: 'user#alice' })).toEqual({
    ...{ record: 'holds', at: 'user#alice', revision: 1 },
    ...newHold,
    walk: { round, ...place },
  });
});

test('to ask for somebody costs the same however many holds there are', async () => {
  for (let from = 0; from < 6_000; from += 25) {
    const requests = Array.from({ length: 25 }, (_, index) => {
      const at = `user#other-${from + index}`;
      const target = { kind: 'user', userId: `other-${from + index}` };
      const grounds = { reason: 'case 12', authority: 'district court' };
      return { PutRequest: { Item: { record: 'holds', at, ...newHold, target, grounds, revision: 3 } } };
    });
    await tables.db.send(new BatchWriteCommand({ RequestItems: { privacy: requests } }));
  }
  const holds = holdStore(tables.db, 'privacy');
  const costOf = unitCounter(tables.db);
  const users = ['alice', 'other-1', 'other-5999'];
  expect(await costOf(async () => holds.among({ users, conversations: ['d-1'] }))).toEqual({
    calls: 1,
    units: 4,
  });
  // All of them, for comparison.
  expect(await costOf(async () => collect(holds.each()))).toEqual({ calls: 1, units: 209 });
});

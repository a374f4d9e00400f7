import { type ErasureStore, erasureStore } from '../../../../shared/stores/privacy/erasure-store.ts';
import { erasureKey } from '../../../../shared/stores/privacy/privacy-keys.ts';
import { accountErasure } from '../../../support/account-erasure.ts';
import { collect } from '../../../support/collect.ts';
import { erasureWorld } from '../../../support/erasure-world.ts';
import { direct } from '../../../support/step.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('privacy');
});
afterAll(async () => tables?.close());

const conversationId = `d-${'c'.repeat(32)}`;

const subjects: readonly (readonly [string, () => ErasureStore])[] = [
  ['the engine', () => erasureStore(tables.db, 'privacy')],
  ['the fake', () => erasureWorld().requestDeps(direct, () => 0).requests],
];

describe.each(subjects)('open erasures on %s', (_name, subject) => {
  test('of two that go on with a request one gives way, and only the one that was read is closed', async () => {
    const requests = subject();
    expect(await requests.save(accountErasure, undefined)).toBe(true);
    expect(await requests.save({ ...accountErasure, requestId: 'r2' }, undefined)).toBe(false);
    expect(await requests.read(accountErasure)).toEqual(accountErasure);
    const next = { ...accountErasure, step: 1, revision: 2 };
    expect(await requests.save(next, accountErasure)).toBe(true);
    expect(await requests.save({ ...next, step: 9 }, accountErasure)).toBe(false);
    expect(await requests.close(accountErasure)).toBe(false);
    expect(await requests.close(next)).toBe(true);
    expect(await requests.close(next)).toBe(false);
    expect(await requests.read(accountErasure)).toBeUndefined();
  });

  test('of a request that was closed and made again nobody goes on who has read the first', async () => {
    const requests = subject();
    await requests.save(accountErasure, undefined);
    await requests.close(accountErasure);
    const again = { ...accountErasure, requestId: 'r2' };
    await requests.save(again, undefined);
    expect(await requests.save({ ...accountErasure, step: 1, revision: 2 }, accountErasure)).toBe(false);
    expect(await requests.close(accountErasure)).toBe(false);
    expect(await requests.read(again)).toEqual(again);
    expect(await requests.close(again)).toBe(true);
  });

  test('each target is a request of its own, and a user’s are not those of a longer name', async () => {
    const requests = subject();
    const targets = [
      { scope: 'account' },
      { scope: 'profile' },
      { scope: 'conversation', conversationId },
      { scope: 'message', conversationId, seq: 1 },
      { scope: 'message', conversationId, seq: 2 },
    ] as const;
    for (const target of targets)
      expect(await requests.save({ ...accountErasure, target }, undefined)).toBe(true);
    const other = { ...accountErasure, userId: 'alice2' };
    await requests.save(other, undefined);
    const found = await requests.list('alice');
    expect(found.map(({ target }) => target)).toEqual(expect.arrayContaining([...targets]));
    expect(found).toHaveLength(targets.length);
    const all = await collect(requests.each());
    const keys = all.map((request) => erasureKey(request).at);
    expect(keys).toHaveLength(targets.length + 1);
    expect(keys).toEqual(keys.toSorted());
    expect(await collect(requests.each(keys[3]))).toEqual(all.slice(4));
  });
});

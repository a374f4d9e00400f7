import {
  type BlockStore,
  blockStore,
  counterpartOf,
} from '../../../../shared/stores/personal/block-store.ts';
import { personalRowStore } from '../../../../shared/stores/personal/personal-row-store.ts';
import { epochMillis } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
let blocks: BlockStore;
beforeAll(async () => {
  tables = await storeTables('personal');
  blocks = blockStore(tables.db, 'personal');
});
afterAll(async () => tables?.close());

const at = epochMillis(7);
const rowsOf = async (userId: string) => (await personalRowStore(tables.db, 'personal').list(userId)).rows;

test('both are told by a row of their own, once, and by none when it is over', async () => {
  await blocks.block('alice', 'bob', at);
  await blocks.block('alice', 'bob', epochMillis(8));
  expect(await rowsOf('alice')).toEqual([{ entry: 'block#bob', blockedAt: 7 }]);
  expect(await rowsOf('bob')).toEqual([{ entry: 'blockedBy#alice', blockedAt: 7 }]);
  expect(await blocks.blocks('alice', 'bob')).toBe(true);
  expect(await blocks.blocks('bob', 'alice')).toBe(false);
  await blocks.unblock('alice', 'bob');
  await blocks.unblock('alice', 'bob');
  expect([...(await rowsOf('alice')), ...(await rowsOf('bob'))]).toEqual([]);
});

test('of some people, who blocks and who is blocked', async () => {
  await blocks.block('carol', 'dave', at);
  await blocks.block('erin', 'carol', at);
  const others = ['dave', 'erin', 'frank'];
  expect(await blocks.blockedAmong('carol', others)).toEqual(new Set(['dave']));
  expect(await blocks.blockersAmong('carol', others)).toEqual(new Set(['erin']));
});

test('a page after the other, whatever ids begin with; the rows of others are no part of it', async () => {
  const ids = ['!a', 'a', 'a!', 'a~', '~', '~z'];
  for (const id of ids) await blocks.block('grace', id, at);
  await blocks.block('heidi', 'grace', at);
  const found: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await blocks.list('grace', 2, after);
    found.push(...page.blocked);
    after = page.next;
    if (after === undefined) break;
  }
  expect(found).toEqual(ids);
  expect(await blocks.count('grace')).toBe(ids.length);
});

test('each row says where the other one is', () => {
  expect(counterpartOf('alice', 'block#bob')).toEqual({ userId: 'bob', entry: 'blockedBy#alice' });
  expect(counterpartOf('bob', 'blockedBy#alice')).toEqual({ userId: 'alice', entry: 'block#bob' });
  expect(counterpartOf('bob', 'settings')).toBeUndefined();
});

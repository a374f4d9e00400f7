import { type Change, changeEnd, changeSeconds } from '../../../../shared/stores/changes/change.ts';
import { changeStore } from '../../../../shared/stores/changes/change-store.ts';
import { lastRevStore } from '../../../../shared/stores/conversations/last-rev-store.ts';
import { epochMillis, epochSeconds } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('changes', 'conversations');
});
afterAll(async () => tables.close());

const at = epochMillis(1_800_000_000_000);
const change = (conversationId: string, rev: number): Change => ({
  ...{ conversationId, rev, kind: 'edit', seqs: [rev + 10], at },
  expiresAt: changeEnd(at, epochSeconds(at + 60_000)),
});

test('a number is given once, and a conversation is read on from behind one', async () => {
  const store = changeStore(tables.db, 'changes');
  expect(await store.newestRev('c')).toBe(0);
  for (const rev of [1, 2, 3]) expect(await store.append(change('c', rev))).toBe(true);
  expect(await store.append({ ...change('c', 2), kind: 'recall' })).toBe(false);
  await store.append(change('d', 9));
  expect(await store.newestRev('c')).toBe(3);
  expect(await store.list('c', 1, 1)).toEqual({ changes: [change('c', 2)], more: true });
  expect(await store.list('c', 1, 5)).toEqual({ changes: [change('c', 2), change('c', 3)], more: false });
});

test('a change is told for as long as its message lasts, and for a month at most', () => {
  expect(changeEnd(at, epochSeconds(at + 60_000))).toBe(epochSeconds(at) + 60);
  expect(changeEnd(at, epochSeconds(at + 400 * 86_400_000))).toBe(epochSeconds(at) + changeSeconds);
});

test('the head knows the highest number, and a conversation that is gone is not made by it', async () => {
  const store = lastRevStore(tables.db, 'conversations');
  const head = { conversationId: 'c', entry: 'head' };
  await store.advanceLastRev('c', 4);
  expect(await tables.itemOf('conversations', head)).toBeUndefined();
  const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
  await tables.stock.send(new PutCommand({ TableName: 'conversations', Item: head }));
  for (const rev of [4, 6, 5]) await store.advanceLastRev('c', rev);
  expect(await tables.itemOf('conversations', head)).toEqual({ ...head, lastRev: 6 });
});

import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../../../../shared/stores/dynamodb/batch-get.ts';
import {
  existingItem,
  ifAbsent,
  resultOf,
  succeeds,
} from '../../../../shared/stores/dynamodb/conditional-write.ts';
import { queryAll } from '../../../../shared/stores/dynamodb/query-items.ts';
import { putTimeToLiveBack, takeTimeToLive } from '../../../../shared/stores/dynamodb/time-to-live.ts';
import type { EpochSeconds } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
let db: StoreTables['db'];
beforeAll(async () => {
  tables = await storeTables('sends', 'profiles');
  db = tables.db;
});
afterAll(async () => tables?.close());

const put = async (Item: Record<string, unknown>) =>
  db.send(new PutCommand({ TableName: 'sends', Item, ...ifAbsent('userId') }));

describe('a conditional write', () => {
  const item = { userId: 'alice', sendKey: 'one', tags: new Set(['a']) };
  const rename = async (to: string, from: string) =>
    db.send(
      new UpdateCommand({
        TableName: 'profiles',
        Key: { userId: 'alice' },
        UpdateExpression: 'SET title = :to',
        ConditionExpression: 'attribute_not_exists(title) OR title = :from',
        ExpressionAttributeValues: { ':to': to, ':from': from },
        ReturnValues: 'ALL_NEW',
      }),
    );

  test('says whether its condition held', async () => {
    expect(await succeeds(rename('first', ''))).toBe(true);
    expect(await succeeds(rename('second', 'other'))).toBe(false);
    expect(await tables.itemOf('profiles', { userId: 'alice' })).toMatchObject({ title: 'first' });
  });

  test('hands on what it resolves to', async () => {
    expect((await resultOf(rename('third', 'first')))?.Attributes).toMatchObject({ title: 'third' });
    expect(await resultOf(rename('fourth', 'first'))).toBeUndefined();
  });

  test('answers the item that was there before, and leaves it as it was', async () => {
    expect(await existingItem(put(item))).toBeUndefined();
    expect(await existingItem(put({ ...item, tags: new Set(['b']) }))).toEqual(item);
    expect(await tables.itemOf('sends', { userId: 'alice', sendKey: 'one' })).toEqual(item);
  });

  test('fails as it is when it fails of anything else', async () => {
    const noKey = async () => put({ userId: 'alice' });
    await expect(succeeds(noKey())).rejects.toThrow('sendKey');
    await expect(resultOf(noKey())).rejects.toThrow('sendKey');
    await expect(existingItem(noKey())).rejects.toThrow('sendKey');
  });
});

test('a query goes on until there is nothing left', async () => {
  for (let sendKey = 100; sendKey < 110; sendKey += 1) await put({ userId: 'pages', sendKey: `${sendKey}` });
  const found = await queryAll<{ sendKey: string }>(db, {
    TableName: 'sends',
    KeyConditionExpression: 'userId = :id',
    ExpressionAttributeValues: { ':id': 'pages' },
    Limit: 3,
  });
  expect(found.map(({ sendKey }) => Number(sendKey))).toEqual([
    100, 101, 102, 103, 104, 105, 106, 107, 108, 109,
  ]);
});

describe('the time to live of what was held', () => {
  const year = 365 * 86_400;
  const end = 1_500_000_000;
  const row = (userId: string) => ({ TableName: 'profiles', Key: { userId } });

  test.each([
    ['is what it was', end + year, end],
    ['is that of the release, where DynamoDB would delete nothing that old', end + 6 * year, end + 6 * year],
  ])('%s', async (name, releasedAt, expiresAt) => {
    await db.send(new PutCommand({ TableName: 'profiles', Item: { userId: name, expiresAt: end } }));
    expect(await takeTimeToLive(db, row(name))).toBe(true);
    expect(await takeTimeToLive(db, row(name))).toBe(false);
    expect(await tables.itemOf('profiles', { userId: name })).toEqual({ userId: name, heldExpiresAt: end });
    expect(await putTimeToLiveBack(db, row(name), releasedAt as EpochSeconds)).toBe(true);
    expect(await putTimeToLiveBack(db, row(name), releasedAt as EpochSeconds)).toBe(false);
    expect(await tables.itemOf('profiles', { userId: name })).toEqual({ userId: name, expiresAt });
  });

  test('makes no row of one that is gone', async () => {
    expect(await takeTimeToLive(db, row('nobody'))).toBe(false);
    expect(await putTimeToLiveBack(db, row('nobody'), end as EpochSeconds)).toBe(false);
    expect(await tables.itemOf('profiles', { userId: 'nobody' })).toBeUndefined();
  });
});

describe('a read by key', () => {
  test('takes more keys than one call does, and leaves out what is not there', async () => {
    const names = Array.from({ length: 130 }, (_, index) => `user${index}`);
    for (const userId of names.filter((_, index) => index % 2 === 0))
      await db.send(new PutCommand({ TableName: 'profiles', Item: { userId } }));
    const Keys = names.map((userId) => ({ userId }));
    const found = await batchGet<{ userId: string }>(db, { TableName: 'profiles', Keys });
    expect(found.map(({ userId }) => Number(userId.slice(4))).toSorted((one, two) => one - two)).toEqual(
      Array.from({ length: 65 }, (_, index) => index * 2),
    );
  });

  test('asks again, after a pause each, for what a busy table leaves over', async () => {
    const calls: unknown[] = [];
    const pause = async (round: number) => void calls.push(round);
    const busy: any = {
      send: async ({ input }: any) => {
        const { Keys, ConsistentRead } = input.RequestItems['T'];
        calls.push([Keys.length, ConsistentRead]);
        return {
          Responses: { T: Keys.slice(0, 2) },
          UnprocessedKeys: Keys.length > 2 ? { T: { Keys: Keys.slice(2), ConsistentRead } } : {},
        };
      },
    };
    const Keys = ['a', 'b', 'c', 'd', 'e'].map((userId) => ({ userId }));
    expect(await batchGet(busy, { TableName: 'T', Keys, ConsistentRead: true }, pause)).toEqual(Keys);
    expect(calls).toEqual([[5, true], 0, [3, true], 1, [1, true]]);
  });

  test('gives up on a table that answers nothing any more', async () => {
    let calls = 0;
    const silent: any = {
      send: async ({ input }: any) => {
        calls += 1;
        return { UnprocessedKeys: input.RequestItems };
      },
    };
    const read = batchGet(silent, { TableName: 'T', Keys: [{ userId: 'a' }] }, async () => undefined);
    await expect(read).rejects.toThrow('the table answers no more reads');
    expect(calls).toBe(6);
  });

  test('asks for all batches at once', async () => {
    const begun: number[] = [];
    const first = Promise.withResolvers<object>();
    const waiting: any = {
      send: async ({ input }: any) => {
        begun.push(input.RequestItems['T'].Keys.length);
        return begun.length === 1 ? first.promise : { Responses: { T: [] } };
      },
    };
    const Keys = Array.from({ length: 250 }, (_, index) => ({ userId: `user${index}` }));
    const found = batchGet(waiting, { TableName: 'T', Keys });
    first.resolve({ Responses: { T: [{ userId: 'user0' }] } });
    expect(begun).toEqual([100, 100, 50]);
    expect(await found).toEqual([{ userId: 'user0' }]);
  });
});

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  type Arrangement,
  type OwnPlaceStore,
  ownPlaceStore,
} from '../../../../shared/stores/conversations/own-place-store.ts';
import { graceSeconds } from '../../../../shared/stores/expiry/purge-times.ts';
import { epochMillis } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';
import { unitCounter } from '../../../support/unit-counter.ts';

let tables: StoreTables;
let store: OwnPlaceStore;
const now = 1_800_000_000;
beforeAll(async () => {
  tables = await storeTables('conversations');
  store = ownPlaceStore(tables.db, 'conversations', () => epochMillis(now * 1_000));
});
afterAll(async () => tables?.close());

let rooms = 0;
const kept = { readSeq: 4, role: 'owner', pinned: true };

/** A row of somebody's in a conversation of its own, as it is afterwards, and what the store has answered. */
async function arranged(change: Arrangement, row: object = {}, entry = 'member#alice') {
  const conversationId = `g-${++rooms}`;
  const key = { conversationId, entry };
  await tables.db.send(
    new PutCommand({ TableName: 'conversations', Item: { ...key, userId: 'alice', ...kept, ...row } }),
  );
  const answer = await store.arrange(conversationId, 'alice', change);
  const {
    conversationId: _,
    entry: _entry,
    userId: _user,
    ...rest
  } = (await tables.itemOf('conversations', key)) ?? {};
  return {
    answer,
    rest,
    own: await tables.itemOf('conversations', { conversationId, entry: 'member#alice' }),
  };
}

test.each<[Arrangement, object]>([
  [{ muted: 5_000 }, { ...kept, mutedUntil: 5_000 }],
  [{ hidden: true }, { ...kept, hidden: true }],
  [{ pinned: true }, kept],
  [
    { muted: 5_000, pinned: false, hidden: true },
    { readSeq: 4, role: 'owner', mutedUntil: 5_000, hidden: true },
  ],
  [{ pinned: false }, { readSeq: 4, role: 'owner' }],
  [{ pinned: true, hidden: false }, kept],
])('%j: what is named changes, the rest stays', async (change, rest) => {
  expect(await arranged(change)).toMatchObject({ answer: true, rest });
});

test('what is taken back is gone from the row, and is so once more', async () => {
  const set = { mutedUntil: 5_000, hidden: true };
  const { answer, rest } = await arranged({ muted: 0, pinned: false, hidden: false }, set);
  expect([answer, rest]).toEqual([true, { readSeq: 4, role: 'owner' }]);
  expect(await store.arrange(`g-${rooms}`, 'alice', { muted: 0, hidden: false })).toBe(true);
});

test('who is no member gets no row by it, nor does who has left or is waited for', async () => {
  expect(await store.arrange('g-nowhere', 'alice', { muted: 5_000 })).toBe(false);
  expect(
    await tables.itemOf('conversations', { conversationId: 'g-nowhere', entry: 'member#alice' }),
  ).toBeUndefined();
  for (const entry of ['former#alice', 'waiting#alice', 'member#alice2', 'head'])
    expect(await arranged({ hidden: true }, {}, entry)).toEqual({
      answer: false,
      rest: kept,
      own: undefined,
    });
});

test('a row that has ended is nobody’s any more, also while it is still there; one that is to end keeps its end', async () => {
  const over = now + graceSeconds;
  for (const expiresAt of [1, now, over])
    expect(await arranged({ pinned: false }, { expiresAt })).toMatchObject({
      answer: false,
      rest: { ...kept, expiresAt },
    });
  const expiresAt = over + 1;
  expect(await arranged({ hidden: true }, { expiresAt })).toMatchObject({
    answer: true,
    rest: { ...kept, hidden: true, expiresAt },
  });
  // What a hold keeps is no time to live.
  expect(await arranged({ hidden: true }, { heldExpiresAt: 1 })).toMatchObject({ answer: true });
});

test('it is one write, also of two who arrange theirs at once', async () => {
  const conversationId = `g-${++rooms}`;
  const people = ['alice', 'bob'];
  for (const userId of people)
    await tables.db.send(
      new PutCommand({
        TableName: 'conversations',
        Item: { conversationId, entry: `member#${userId}`, userId, readSeq: 0 },
      }),
    );
  const costOf = unitCounter(tables.db);
  const act = async () =>
    Promise.all(
      people.map(async (userId, index) => store.arrange(conversationId, userId, { muted: index + 1 })),
    );
  expect(await costOf(act)).toMatchObject({ calls: 2 });
  for (const [index, userId] of people.entries())
    expect(await tables.itemOf('conversations', { conversationId, entry: `member#${userId}` })).toMatchObject(
      {
        readSeq: 0,
        mutedUntil: index + 1,
      },
    );
});

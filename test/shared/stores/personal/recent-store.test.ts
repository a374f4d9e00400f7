import { PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  dayOf,
  type RecentMark,
  type RecentPage,
  type RecentStore,
  recentStore,
} from '../../../../shared/stores/personal/recent-store.ts';
import { type EpochMillis, type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { memoryRecentStore } from '../../../support/memory-recent-store.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';
import { unitCounter } from '../../../support/unit-counter.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('personal');
});
afterAll(async () => tables?.close());

const stores: Record<string, () => RecentStore> = {
  DynamoDB: () => recentStore(tables.db, 'personal'),
  'the fake': () => memoryRecentStore(),
};

const expiresAt = 4e9 as EpochSeconds;
const noon = (day: string) => epochMillis(Date.parse(`${day}T12:00:00Z`));
let people = 0;

describe.each(Object.keys(stores))('%s', (name) => {
  let store: RecentStore;
  let alice: string;
  let bob: string;
  beforeEach(() => {
    store = stores[name]!();
    people += 1;
    // One's id begins the other's.
    [alice, bob] = [`alice-${people}`, `alice-${people}-bob`];
  });

  const mark = async (day: string, conversationId: string, at = noon(day), userIds = [alice]) =>
    store.mark(userIds, { day, conversationId, at, expiresAt });
  const wordOf = ({ day, conversationId }: RecentMark) => `${day} ${conversationId}`;
  const known = async (userId = alice) => (await store.list(userId, 100)).marks.map(wordOf);
  const none = { day: '2026-01-01', conversationId: 'g-none' };

  /** Every page, until there is no next; a page without a mark may have one behind it. */
  async function pages(read: (place?: RecentMark) => Promise<RecentPage>): Promise<string[][]> {
    const found: string[][] = [];
    for (let place: RecentMark | undefined; found.length < 50; ) {
      const page = await read(place);
      found.push(page.marks.map(wordOf));
      place = page.next;
      if (place === undefined) return found;
    }
    throw new Error('there is no end of pages');
  }

  test('everybody named has the mark, once; of another day it is another one', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `${alice}-${index}`);
    await mark('2026-11-28', 'g-1', noon('2026-11-28'), many);
    for (const day of ['2026-11-28', '2026-11-29']) await mark(day, 'g-1', noon(day), [many[59] ?? '']);
    expect(await known(many[0])).toEqual(['2026-11-28 g-1']);
    expect(await known(many[59])).toEqual(['2026-11-29 g-1', '2026-11-28 g-1']);
    expect(await known()).toEqual([]);
    await store.unmark(many, { day: '2026-11-28', conversationId: 'g-1' });
    expect(await known(many[0])).toEqual([]);
    expect(await known(many[59])).toEqual(['2026-11-29 g-1']);
    await store.unmark([alice], none);
  });

  test('page by page, the latest day first, each once, whatever size a page has; nobody else’s', async () => {
    const all = ['2026-12-01', '2026-11-30', '2026-11-09'].flatMap((day) =>
      ['r-1', 'g-2', 'g-1', 'd-9'].map((id) => `${day} ${id}`),
    );
    for (const words of all) {
      const [day = '', id = ''] = words.split(' ');
      await mark(day, id, noon(day), [alice]);
      await mark(day, `${id}-of-bob`, noon(day), [bob]);
    }
    for (const size of [1, 4, 5, 12, 13])
      expect((await pages(async (place) => store.list(alice, size, place))).flat()).toEqual(all);
    expect((await store.list(alice, 5)).marks).toHaveLength(5);
    expect((await store.list(alice, 13)).next).toBeUndefined();
  });

  test('a page goes on where it was, also when the mark is gone at which it ended', async () => {
    for (const id of ['g-1', 'g-2', 'g-3', 'g-4']) await mark('2026-11-29', id);
    const { next } = await store.list(alice, 2);
    expect(next).toEqual({ day: '2026-11-29', conversationId: 'g-3' });
    await store.unmark([alice], { day: '2026-11-29', conversationId: 'g-3' });
    await mark('2026-11-30', 'g-3');
    expect((await store.list(alice, 2, next)).marks.map(wordOf)).toEqual([
      '2026-11-29 g-2',
      '2026-11-29 g-1',
    ]);
    expect((await store.list(alice, 2, none)).marks).toEqual([]);
  });

  test('those set since: of that day or a later one, the earliest first, also behind pages that have none', async () => {
    const since = noon('2026-11-29');
    const before = (since - 1) as EpochMillis;
    for (let index = 10; index < 30; index += 1) await mark('2026-11-29', `g-${index}`, before);
    await mark('2026-11-29', 'g-31', since);
    await mark('2026-11-30', 'g-10', (since + 1) as EpochMillis);
    // As late as these, of a day that nobody asks for.
    await mark('2026-11-28', 'g-32', (since + 2) as EpochMillis);
    const expected = ['2026-11-29 g-31', '2026-11-30 g-10'];
    for (const size of [1, 7, 21, 22, 100])
      expect((await pages(async (place) => store.listSince(alice, since, size, place))).flat()).toEqual(
        expected,
      );
    const early = await pages(async (place) => store.listSince(alice, before, 7, place));
    expect(early.flat()).toHaveLength(22);
    expect(Math.max(...early.map((page) => page.length))).toBe(7);
    // What was looked at is counted, not what was found.
    const [first = [], second = []] = await pages(async (place) => store.listSince(alice, since, 7, place));
    expect([first, second]).toEqual([[], []]);
  });

  test('of some marks those that are there, however many are asked for', async () => {
    const ids = Array.from({ length: 130 }, (_, index) => `g-${index}`);
    for (const id of ['g-0', 'g-64', 'g-129']) await mark('2026-11-29', id);
    await mark('2026-11-28', 'g-1');
    await mark('2026-11-29', 'g-2', noon('2026-11-29'), [bob]);
    const asked = ids.map((conversationId) => ({ day: '2026-11-29', conversationId }));
    const found = (await store.among(alice, asked)).map(wordOf).toSorted();
    expect(found).toEqual(['2026-11-29 g-0', '2026-11-29 g-129', '2026-11-29 g-64']);
    expect(await store.among(alice, [])).toEqual([]);
  });
});

test('no other row of a person is a mark', async () => {
  const store = recentStore(tables.db, 'personal');
  const userId = 'neighbour';
  for (const entry of ['block#x', 'recen', 'recent', 'recent!', 'recentness', 'settings', 'waiting#g-1'])
    await tables.db.send(new PutCommand({ TableName: 'personal', Item: { userId, entry, at: 9e12 } }));
  await store.mark([userId], { day: '2026-11-29', conversationId: 'g-1', at: epochMillis(9e12), expiresAt });
  expect((await store.list(userId, 100)).marks).toHaveLength(1);
  const page = await store.listSince(userId, noon('2026-11-29'), 100);
  expect(page).toEqual({ marks: [{ day: '2026-11-29', conversationId: 'g-1' }] });
});

test('every read is strongly consistent: a page of fifty marks is a unit, and so is each mark that is asked for', async () => {
  const { db } = tables;
  const store = recentStore(db, 'personal');
  const marks = Array.from({ length: 50 }, (_, index) => ({
    day: '2026-11-29',
    conversationId: `g-${'x'.repeat(32)}${index}`,
  }));
  const at = noon('2026-11-29');
  for (const mark of marks) await store.mark(['reader'], { ...mark, at, expiresAt });
  const costOf = unitCounter(db);
  const whole = 2;
  expect(await costOf(async () => store.list('reader', 50))).toEqual({ calls: 1, units: whole });
  expect(await costOf(async () => store.listSince('reader', at, 50))).toEqual({ calls: 1, units: whole });
  expect(await costOf(async () => store.among('reader', marks))).toEqual({ calls: 1, units: 50 });
});

test('a day is one of UTC', () => {
  expect([dayOf(Date.parse('2026-11-29T23:59:59.999Z')), dayOf(Date.parse('2026-11-30T00:00:00Z'))]).toEqual([
    '2026-11-29',
    '2026-11-30',
  ]);
});

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { profileStore } from '../../../../shared/stores/profiles/profile-store.ts';
import { profileSweepStore, type SweptRow } from '../../../../shared/stores/profiles/profile-sweep-store.ts';
import { sweepShardOf } from '../../../../shared/stores/profiles/sweep-shard.ts';
import type { Title } from '../../../../shared/stores/profiles/title.ts';
import { type TitleStore, titleStore } from '../../../../shared/stores/profiles/title-store.ts';
import { type EpochMillis, type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { memoryTitleStore } from '../../../support/memory-title-store.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('profiles');
});
afterAll(async () => tables?.close());

const margin = 1_000;
const end = 4_000_000_000 as EpochSeconds;
const later = 4_000_000_500 as EpochSeconds;
const at = epochMillis(2_000);
let groups = 0;
const newTitle = (): Title => ({
  ...{ conversationId: `g-${++groups}`, title: 'Trip', by: 'alice' },
  ...{ updatedAt: epochMillis(1_000), expiresAt: end },
});
const rowOf = async ({ conversationId }: Title) =>
  tables.itemOf('profiles', { userId: `#${conversationId}` });
async function dueAs(key: string, by: EpochMillis): Promise<SweptRow | undefined> {
  for await (const row of profileSweepStore(tables.db, 'profiles').startedBy(sweepShardOf(key), by))
    if (row.userId === key) return row;
  return undefined;
}
const dueIn = async ({ conversationId }: Title, by = epochMillis(9_000)) => dueAs(`#${conversationId}`, by);

const stores: Readonly<Record<string, () => TitleStore>> = {
  DynamoDB: () => titleStore(tables.db, 'profiles', margin),
  'the fake': () => memoryTitleStore(),
};

describe.each(Object.keys(stores))('titles in %s', (name) => {
  let store: TitleStore;
  let title: Title;
  beforeEach(async () => {
    store = stores[name]!();
    title = newTitle();
    await store.put(title, false);
  });
  const read = async () => (await store.read([title.conversationId]))[0];

  test('are read as they were put, and by no other id', async () => {
    expect(await read()).toEqual(title);
    expect(await store.read(['g-nobody', `d-${groups}`])).toEqual([]);
  });

  test('are renewed once for each time, and not when they are others by now', async () => {
    expect(await store.renew({ ...title, updatedAt: at }, at, later)).toBe(false);
    expect(await store.renew(title, at, later)).toBe(true);
    expect(await store.renew(title, at, later)).toBe(false);
    expect(await read()).toEqual({ ...title, renewedAt: at, expiresAt: later });
  });

  test('are held and released once, keep their end, and can be renewed meanwhile', async () => {
    expect(await store.setHeld(title.conversationId, true, at)).toBe(true);
    expect(await store.setHeld(title.conversationId, true, at)).toBe(false);
    expect(await read()).toEqual(title);
    expect(await store.renew(title, at, later)).toBe(true);
    expect(await store.setHeld(title.conversationId, false, at)).toBe(true);
    expect(await read()).toEqual({ ...title, renewedAt: at, expiresAt: later });
  });

  test('are removed as they are, renewed or not, and not when they are others', async () => {
    expect(await store.remove({ ...title, updatedAt: at })).toBe(false);
    await store.renew(title, at, later);
    expect(await store.remove(title)).toBe(true);
    expect(await read()).toBeUndefined();
    expect(await store.renew(title, epochMillis(3_000), later)).toBe(false);
    expect(await store.setHeld(title.conversationId, true, at)).toBe(false);
    expect(await read()).toBeUndefined();
  });
});

describe('what the sweeper and time to live see of it', () => {
  const store = () => titleStore(tables.db, 'profiles', margin);
  const sweeper = () => profileSweepStore(tables.db, 'profiles');

  test('whose it is and until when, and not what it says; time to live is later than the end', async () => {
    const title = newTitle();
    await store().put(title, false);
    expect(await rowOf(title)).toMatchObject({ endsAt: end, expiresAt: end + margin });
    expect(await dueIn(title, epochMillis(999))).toBeUndefined();
    expect(await dueIn(title)).toMatchObject({ by: 'alice', sweepFrom: 1_000, expiresAt: end });
  });

  test('nothing of what is held, until the release', async () => {
    const title = newTitle();
    await store().put(title, true);
    expect(await rowOf(title)).not.toHaveProperty('expiresAt');
    expect(await dueIn(title)).toBeUndefined();
    await store().setHeld(title.conversationId, false, at);
    expect(await rowOf(title)).toMatchObject({ endsAt: end, expiresAt: end + margin });
    expect(await dueIn(title)).toMatchObject({ sweepFrom: 1_000, releasedAt: 2 });
  });

  test('what was renewed or held after it was found is not removed', async () => {
    const [renewed, held, due] = [newTitle(), newTitle(), newTitle()];
    for (const title of [renewed, held, due]) await store().put(title, false);
    const rows = await Promise.all([renewed, held, due].map(async (title) => dueIn(title)));
    await store().renew(renewed, at, later);
    await store().setHeld(held.conversationId, true, at);
    const removed = await Promise.all(rows.map(async (row) => row && sweeper().remove(row)));
    expect(removed).toEqual([false, false, true]);
    expect(await dueIn(renewed)).toMatchObject({ sweepFrom: 2_000, expiresAt: later });
    expect(await rowOf(renewed)).toMatchObject({ endsAt: later, expiresAt: later + margin });
  });
});

test('a profile is found and renewed alike; one of an earlier release from its renewal on', async () => {
  const profiles = profileStore(tables.db, 'profiles', margin);
  const dora = { userId: 'dora', nickname: 'Dora', updatedAt: epochMillis(1_000), expiresAt: end };
  await tables.db.send(new PutCommand({ TableName: 'profiles', Item: dora }));
  expect(await profiles.read(['dora'])).toEqual([dora]);
  expect(await profiles.renew(dora, at, later)).toBe(true);
  expect(await profiles.read(['dora'])).toEqual([{ ...dora, renewedAt: at, expiresAt: later }]);
  expect(await dueAs('dora', epochMillis(9_000))).toMatchObject({ sweepFrom: 2_000 });
  await profiles.setHeld('dora', true, at);
  await profiles.setHeld('dora', false, at);
  expect(await profiles.read(['dora'])).toEqual([{ ...dora, renewedAt: at, expiresAt: later }]);
});

test('a profile that was held for six years beyond its end is time to live’s a while after the release', async () => {
  const profiles = profileStore(tables.db, 'profiles', margin);
  const eve = { userId: 'eve', nickname: 'Eve', updatedAt: epochMillis(1_000), heldExpiresAt: end };
  await tables.db.send(new PutCommand({ TableName: 'profiles', Item: eve }));
  const released = end + 6 * 365 * 86_400;
  expect(await profiles.setHeld('eve', false, epochMillis(released * 1_000))).toBe(true);
  expect(await tables.itemOf('profiles', { userId: 'eve' })).toMatchObject({
    endsAt: end,
    expiresAt: released + margin,
  });
});

import { connectionStore } from '../../../../shared/stores/connections/connection-store.ts';
import { consentStore } from '../../../../shared/stores/consents/consent-store.ts';
import { withdrawalStore } from '../../../../shared/stores/consents/withdrawal-store.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('consents', 'connections');
});
afterAll(async () => tables?.close());

const stores = () => ({
  withdrawals: withdrawalStore(tables.db, { consents: 'consents', connections: 'connections' }),
  ledger: consentStore(tables.db, 'consents'),
  connections: connectionStore(tables.db, 'connections'),
});
const line = (userId: string, entry: number) =>
  ({
    userId,
    entry,
    decision: 'withdrawn',
    purpose: 'chat',
    policyVersion: '1',
    policyDigest: '',
    decidedAt: epochMillis(60_000),
  }) as const;
const socket = (userId: string, connectionId: string) => ({
  userId,
  connectionId,
  connectedAt: epochMillis(1),
  expiresAt: 4_000_000_000 as EpochSeconds,
  consentedPolicy: 'mark',
});
const soon = 1 as EpochSeconds;

test('the line is written and the sockets are muted together', async () => {
  const { withdrawals, ledger, connections } = stores();
  const phone = socket('alice', 'phone');
  await connections.add(phone, soon);
  expect(await withdrawals.record(line('alice', 1), [phone])).toBe(true);
  expect(await ledger.list('alice')).toEqual([line('alice', 1)]);
  expect(await connections.readSockets('alice')).toEqual({ live: [], muted: [phone] });
  expect(await tables.itemOf('connections', { userId: 'alice' })).toMatchObject({ nextExpiry: 60 });
});

test.each([
  ['another line has that number', 1, ['phone']],
  ['a socket has been opened since', 2, []],
  ['a socket has been closed since', 2, ['phone', 'desk']],
])('where %s nothing is written', async (name, entry, seen) => {
  const { withdrawals, ledger, connections } = stores();
  const userId = `bob-${name.replaceAll(' ', '-')}`;
  const phone = socket(userId, 'phone');
  await ledger.append({ ...line(userId, 1), decision: 'granted' });
  await connections.add(phone, soon);
  const live = seen.map((id) => socket(userId, id));
  expect(await withdrawals.record(line(userId, entry), live)).toBe(false);
  expect(await ledger.list(userId)).toHaveLength(1);
  expect(await connections.readSockets(userId)).toEqual({ live: [phone], muted: [] });
});

test('of who is nowhere connected the line alone is written', async () => {
  const { withdrawals, ledger } = stores();
  expect(await withdrawals.record(line('carol', 1), [])).toBe(true);
  expect(await ledger.last('carol')).toEqual(line('carol', 1));
  expect(await tables.itemOf('connections', { userId: 'carol' })).toBeUndefined();
});

test('of two at the same time one is written, and the other one is told', async () => {
  const { withdrawals, ledger } = stores();
  const outcomes = await Promise.all([1, 2, 3].map(async () => withdrawals.record(line('dave', 1), [])));
  expect(outcomes.filter(Boolean)).toHaveLength(1);
  expect(await ledger.list('dave')).toHaveLength(1);
});

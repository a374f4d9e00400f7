import { createTables } from '../../../../infra/local/dynamodb/create-tables.ts';
import type { LocalTable } from '../../../../infra/local/model/system-model.ts';
import {
  conversationStore,
  type NewHead,
} from '../../../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../../../shared/stores/conversations/membership-store.ts';
import { epochMillis } from '../../../../shared/time.ts';
import { type StoreTables, storeTables, tableModels } from '../../../support/store-tables.ts';
import { type UnitCounter, unitCounter } from '../../../support/unit-counter.ts';

let tables: StoreTables;
let costOf: UnitCounter;
const [now] = tableModels('conversations') as readonly [LocalTable];
const without = (tableName: string, ...gone: readonly string[]): LocalTable => ({
  ...now,
  tableName,
  indexes: now.indexes.filter(({ indexName }) => !gone.includes(indexName)),
});

beforeAll(async () => {
  tables = await storeTables('conversations');
  await createTables(tables.engine, [without('last', 'byMember'), without('next', 'byUser')]);
  costOf = unitCounter(tables.db);
});
afterAll(async () => tables?.close());

const head: NewHead = { conversationId: 'd-1', kind: 'direct', createdAt: epochMillis(1) };

test.each([
  ['last', { open: 5, read: 2, leave: 4 }],
  // Two indexes, for one release: CloudFormation makes or deletes one of a table in one update.
  ['conversations', { open: 7, read: 2, leave: 5 }],
  ['next', { open: 5, read: 1, leave: 4 }],
])(
  'what a member does is paid for with the indexes of the table, in write units: %s',
  async (name, units) => {
    const store = conversationStore(tables.db, name, () => epochMillis(1));
    const memberships = membershipStore(tables.db, name);
    const open = await costOf(async () => store.create(head, ['alice', 'bob'], new Set()));
    const read = await costOf(async () => memberships.markRead('d-1', 'alice', 4));
    const leave = await costOf(async () => memberships.removeMember('d-1', 'alice'));
    expect({ open: open.units, read: read.units, leave: leave.units }).toEqual(units);
  },
);

import {
  conversationStore,
  type NewHead,
} from '../../../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../../../shared/stores/conversations/membership-store.ts';
import { epochMillis } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';
import { type UnitCounter, unitCounter } from '../../../support/unit-counter.ts';

let tables: StoreTables;
let costOf: UnitCounter;
beforeAll(async () => {
  tables = await storeTables('conversations');
  costOf = unitCounter(tables.db);
});
afterAll(async () => tables?.close());

const head: NewHead = { conversationId: 'd-1', kind: 'direct', createdAt: epochMillis(1) };

test('what a member does is paid for with the indexes of the table: to read writes to none', async () => {
  const store = conversationStore(tables.db, 'conversations', () => epochMillis(1));
  const memberships = membershipStore(tables.db, 'conversations');
  const open = await costOf(async () => store.create(head, ['alice', 'bob'], new Set()));
  const read = await costOf(async () => memberships.markRead('d-1', 'alice', 4));
  const leave = await costOf(async () => memberships.removeMember('d-1', 'alice'));
  expect({ open: open.units, read: read.units, leave: leave.units }).toEqual({ open: 5, read: 1, leave: 4 });
});

import { changeStore } from '../../../../shared/stores/changes/change-store.ts';
import { unchangedRetention } from '../../../../shared/stores/expiry/retention.ts';
import {
  type MessageChange,
  messageChangeStore,
} from '../../../../shared/stores/message-changes/message-change-store.ts';
import type { Message } from '../../../../shared/stores/messages/message.ts';
import { messageStore } from '../../../../shared/stores/messages/message-store.ts';
import { epochMillis, epochSeconds } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('changes', 'messages', 'sends');
});
afterAll(async () => tables.close());

const at = epochMillis(1_800_000_000_000);
const end = epochSeconds(at + 3_600_000);
const retention = async () => ({ ...unchangedRetention(3_600), now: at });

const written = (seq: number): Message => ({
  ...{ conversationId: 'c', seq, id: `m${seq}`, from: 'ann', sentAt: at, expiresAt: end },
  content: { type: 'text', text: 'before' },
  mentions: ['ben'],
});

const edit = (seq: number, rev: number, rest: Partial<MessageChange> = {}): MessageChange => ({
  change: { conversationId: 'c', rev, kind: 'edit', seqs: [seq], at, expiresAt: end },
  ...{ by: 'ann', id: `e${rev}`, recordEnd: end, seenRev: undefined },
  set: { content: { type: 'text', text: 'after' }, editedAt: at },
  ...rest,
});

function stores() {
  const names = { sends: 'sends', messages: 'messages', changes: 'changes' };
  return {
    messages: messageStore(tables.db, 'messages'),
    store: messageChangeStore(tables.db, names),
    changes: changeStore(tables.db, 'changes'),
  };
}

test('message, change and record are written together, and a repeat is told', async () => {
  const { messages, store, changes } = stores();
  await messages.append(written(1), false);
  expect(await store.changeMessage(edit(1, 1, { remove: ['mentions'] }))).toBe('changed');
  const { mentions: _, ...left } = written(1);
  const content = { type: 'text', text: 'after' };
  expect(await messages.get('c', 1, retention, 'anyone')).toEqual({ ...left, content, editedAt: at, rev: 1 });
  expect(await changes.newestRev('c')).toBe(1);
  expect(await store.findChange({ conversationId: 'c', id: 'e1', from: 'ann' })).toEqual({
    seq: 1,
    rev: 1,
    at,
  });
  expect(await store.changeMessage(edit(1, 2, { id: 'e1', seenRev: 1 }))).toBe('repeated');
  expect(await changes.newestRev('c')).toBe(1);
});

test('what was read and is no longer so is not changed', async () => {
  const { messages, store, changes } = stores();
  await messages.append(written(2), false);
  expect(await store.changeMessage(edit(2, 2))).toBe('changed');
  const before = await changes.newestRev('c');
  // The number is taken; the message has changed meanwhile, in both directions; it is nowhere.
  expect(await store.changeMessage(edit(2, 2, { id: 'x1', seenRev: 2 }))).toBe('behind');
  expect(await store.changeMessage(edit(2, 3, { id: 'x2' }))).toBe('behind');
  expect(await store.changeMessage(edit(2, 3, { id: 'x3', seenRev: 1 }))).toBe('behind');
  expect(await store.changeMessage(edit(99, 3, { id: 'x4' }))).toBe('behind');
  expect(await changes.newestRev('c')).toBe(before);
  for (const id of ['x1', 'x2', 'x3', 'x4'])
    expect(await store.findChange({ conversationId: 'c', id, from: 'ann' })).toBeUndefined();
});

test('what is erased or recalled is never changed again', async () => {
  const { messages, store } = stores();
  await messages.append(written(3), false);
  await messages.append(written(4), false);
  const { content: _, ...header } = written(3);
  await messages.tombstone({ ...header, held: false }, at);
  expect(await store.changeMessage(edit(3, 3))).toBe('behind');
  const recall = { set: { content: { type: 'recalled' }, recalledAt: at } };
  expect(await store.changeMessage(edit(4, 3, recall))).toBe('changed');
  expect(await store.changeMessage(edit(4, 4, { id: 'again', seenRev: 3 }))).toBe('behind');
});

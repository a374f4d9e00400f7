import { type EventKind, eventKinds } from '../../../shared/configuration/event-kinds.ts';
import { eventsOf } from '../../../shared/events/events-of.ts';
import type { Change } from '../../../shared/stores/changes/change.ts';
import { unchangedRetention } from '../../../shared/stores/expiry/retention.ts';
import type { RowChange } from '../../../shared/stores/facts/fact.ts';
import type { FactStore, StoredMessage } from '../../../shared/stores/facts/fact-store.ts';
import { neverStored } from '../../../shared/stores/messages/room-log-store.ts';
import { epochMillis, epochSeconds } from '../../../shared/time.ts';

const sentAt = epochMillis(1_800_000_000_000);
const ends = { sentAt, expiresAt: epochSeconds(sentAt + 60_000) };
const ids = { conversationId: 'c', seq: 1, id: 'i', from: 'ann' };
const stored: StoredMessage = {
  header: { ...ids, ...ends, held: false },
  message: { ...ids, ...ends, rev: 2, content: { type: 'text', text: 'canary' } },
};
const edit = (rev: number): Change => ({
  ...ends,
  conversationId: 'c',
  rev,
  kind: 'edit',
  seqs: [1],
  at: sentAt,
});

const seen = (
  table: RowChange['table'],
  keys: RowChange['keys'],
  change: RowChange['change'] = 'INSERT',
) => ({
  ...{ table, keys, change, sequenceNumber: '7', at: '2027-01-15T08:00:00.000Z' },
});
const message = seen('messages', { conversationId: 'c', seq: 1 });

async function told(
  changes: readonly ReturnType<typeof seen>[],
  {
    messages = [stored],
    content = true,
    late = 0,
    kinds = eventKinds as readonly EventKind[],
    rows = {},
  } = {},
) {
  const facts: FactStore = {
    messages: async () => messages,
    changes: async () => [],
    consents: async () => [],
    decisions: async () => [],
    receipts: async () => [],
    ...(rows as Partial<FactStore>),
  };
  const retention = async () => ({ ...unchangedRetention(60), now: epochMillis(sentAt + late) });
  const events = await eventsOf({ facts, retention, kinds, content }, changes);
  return events.map(({ event: { detailType, detail } }) => ({ detailType, ...detail }));
}

test('what can be read is told with what it says if that is asked for, and without otherwise', async () => {
  expect(await told([message])).toMatchObject([
    { from: 'ann', contentType: 'text', content: { text: 'canary' } },
  ]);
  expect(JSON.stringify(await told([message], { content: false }))).not.toContain('canary');
});

test.each([
  ['ended', { late: 60_000 }],
  ['erased', { messages: [{ ...stored, header: { ...stored.header, tombstonedAt: sentAt } }] }],
  [
    'recalled, and kept by a hold',
    { messages: [{ ...stored, header: { ...stored.header, recalledAt: sentAt } }] },
  ],
  ['gone', { messages: [] }],
])('what has %s meanwhile is told of by its number alone, under the same id', async (_, options) => {
  const [readable] = await told([message]);
  const [gone, ...others] = await told([message], options);
  expect(others).toEqual([]);
  expect(gone).toEqual({
    detailType: 'lapse.message.sent',
    eventId: readable?.eventId,
    version: 1,
    occurredAt: expect.any(String),
    conversationId: 'c',
    seq: 1,
    ended: true,
  });
});

test('what an edit says is told with the last edit alone', async () => {
  const rows = { changes: async () => [edit(1), edit(2)] };
  const changes = [1, 2].map((rev) => seen('changes', { conversationId: 'c', rev }));
  const events = await told(changes, { rows });
  expect(events.map(({ rev, content }) => [rev, content])).toEqual([
    [1, undefined],
    [2, { type: 'text', text: 'canary' }],
  ]);
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(2);
});

test('nobody is told of what only the service keeps', async () => {
  const unused = { ...stored, header: { ...stored.header, tombstonedAt: epochMillis(neverStored) } };
  expect(await told([message], { messages: [unused] })).toEqual([]);
  const rows = [
    // What a hold keeps of a message, and the refusal of an age.
    seen('messages', { conversationId: 'c#1', seq: 1 }),
    seen('consents', { userId: '#age-refusal/x', entry: 0 }),
    seen('reports', { reportId: 'c.1', entry: 'by#bea' }),
    seen('reports', { reportId: 'c.1', entry: 'held#x' }),
    seen('privacy', { record: 'purge', at: 'x' }),
    seen('privacy', { record: 'erasures', at: 'ann#account' }),
    seen('privacy', { record: 'late-deletions#ann', at: 'r' }),
    seen('privacy', { record: 'holds', at: 'user#ann' }, 'MODIFY'),
    seen('messages', { conversationId: 'c', seq: 1 }, 'MODIFY'),
    seen('messages', { conversationId: 'c', seq: 1 }, 'REMOVE'),
  ];
  expect(await told(rows)).toEqual([]);
});

test('a hold is told of when it comes and when it goes; only the kinds that are asked for are', async () => {
  const hold = { record: 'holds', at: 'conversation#c' };
  const rows = [seen('privacy', hold), { ...seen('privacy', hold, 'REMOVE'), sequenceNumber: '8' }, message];
  const events = await told(rows, { kinds: ['privacy'] });
  expect(events.map(({ detailType, conversationId }) => [detailType, conversationId])).toEqual([
    ['lapse.privacy.hold-placed', 'c'],
    ['lapse.privacy.hold-lifted', 'c'],
  ]);
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(2);
});

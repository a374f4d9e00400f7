import {
  messageRows,
  nextChangeMs,
  rowMemory,
} from '../../../../../client/web/model/messages/message-rows.ts';
import type { MessageBody } from '../../../../../shared/protocol/messages/table.ts';

const noon = new Date(2026, 10, 23, 12).getTime();
const minutes = (count: number) => noon + count * 60_000;
const week = 604_800;

const message = (
  seq: number,
  from: string,
  sentAt: number,
  expiresAt = sentAt / 1000 + week,
): MessageBody => ({
  conversationId: 'd-1',
  seq,
  id: `m${seq}`,
  from,
  sentAt,
  expiresAt,
  content: { type: 'text', text: `text ${seq}` },
});
const spoken = (rows: ReturnType<typeof messageRows>) => rows.filter((row) => row.kind === 'message');

test('one who goes on within five minutes is named once and dated once', () => {
  const messages = [
    message(1, 'bob', noon),
    message(2, 'bob', minutes(4)),
    message(3, 'bob', minutes(9)),
    message(4, 'alice', minutes(10)),
  ];
  const rows = spoken(messageRows(messages, [], 'alice', minutes(11)));
  expect(rows.map(({ first, last }) => [first, last])).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
  ]);
  expect(rows.map(({ mine, status }) => [mine, status])).toEqual([
    [false, undefined],
    [false, undefined],
    [false, undefined],
    [true, 'sent'],
  ]);
});

test('the pencil stands as long as a message may be changed, to the millisecond; beside a forward while it may be taken back', () => {
  const until = { edit: noon + 1_000, recall: noon + 3_000 };
  const said = message(1, 'alice', noon);
  const forwarded = { ...message(2, 'alice', noon), forwarded: true } as const;
  const theirs = message(3, 'bob', noon);
  const memory = rowMemory();
  const editable = (now: number, windows = until) => {
    const rows = messageRows(
      [said, forwarded, theirs],
      [],
      'alice',
      now,
      undefined,
      memory,
      ...([undefined, undefined, undefined, undefined, () => windows] as const),
    );
    return spoken(rows).map((row) => row.editable);
  };
  expect(editable(noon)).toEqual([true, true, false]);
  expect(editable(noon + 3_000)).toEqual([true, true, false]);
  expect(editable(noon + 3_001)).toEqual([false, false, false]);
  const longer = { edit: noon + 5_000, recall: noon + 4_000 };
  expect(
    spoken(
      messageRows(
        [said, forwarded],
        [],
        'alice',
        noon + 4_500,
        undefined,
        rowMemory(),
        ...([undefined, undefined, undefined, undefined, () => longer] as const),
      ),
    ).map((row) => row.editable),
  ).toEqual([true, false]);
});

test('of what only another app shows, its kind and a line', () => {
  const data = { secret: 'not for this chat' };
  const custom = { ...message(1, 'bob', noon), content: { type: 'custom', kind: 'poll.v1', data } as const };
  const [row] = spoken(messageRows([custom], [], 'alice', noon));
  expect(row).toMatchObject({ text: 'poll.v1: not shown in this chat', custom: true });
  expect(JSON.stringify(row)).not.toContain('not for this chat');
});

test('a new day has a heading, and begins a group', () => {
  const late = new Date(2026, 10, 22, 23, 59).getTime();
  const early = new Date(2026, 10, 23, 0, 1).getTime();
  const rows = messageRows([message(1, 'bob', late), message(2, 'bob', early)], [], 'alice', noon);
  expect(
    rows.map((row) => (row.kind === 'message' ? row.first : row.kind === 'day' ? row.label : row.kind)),
  ).toEqual(['Yesterday', true, 'Today', true]);
});

test('how long a message stays is said in the largest unit; not where it is not stored', () => {
  const rows = spoken(
    messageRows(
      [
        message(1, 'bob', noon),
        message(2, 'bob', noon, noon / 1000 + 90),
        message(3, 'bob', noon, Number.NaN),
      ],
      [],
      'alice',
      minutes(1),
    ),
  );
  expect(rows.map(({ expiry, soon }) => [expiry, soon])).toEqual([
    ['7 days', false],
    ['30 seconds', true],
    [undefined, false],
  ]);
});

test('what is on its way stands last, under the key that it keeps when it has arrived', () => {
  const sending = { id: 'm2', conversationId: 'd-1', text: 'text 2', sentAt: minutes(1) };
  const rows = (messages: MessageBody[], sendings: Parameters<typeof messageRows>[1]) =>
    spoken(messageRows(messages, sendings, 'alice', minutes(2)));
  const before = rows([message(1, 'bob', noon)], [{ ...sending, status: 'sending' }]);
  const after = rows([message(1, 'bob', noon), message(2, 'alice', minutes(1))], []);
  expect(before.map(({ key }) => key)).toEqual(after.map(({ key }) => key));
  expect(before[1]).toMatchObject({ status: 'sending', text: 'text 2', mine: true });
  const [failed] = rows([], [{ ...sending, status: 'failed', reason: 'because' }]);
  expect(failed).toMatchObject({ status: 'failed', reason: 'because' });
});

test('seconds are counted only when something is about to go', () => {
  expect(nextChangeMs([], noon)).toBe(30_000);
  expect(nextChangeMs([message(1, 'bob', noon)], noon)).toBe(30_000);
  expect(nextChangeMs([message(1, 'bob', noon, noon / 1000 + 60)], noon)).toBe(1_000);
});

test('what came is not a message: it is said to be there, and the others are shown', () => {
  const rows = messageRows(
    [
      message(1, 'bob', minutes(1)),
      // A server that says anything.
      { ...message(2, 'bob', minutes(2)), content: undefined as any },
      { ...message(3, 'bob', minutes(3)), sentAt: Number.NaN },
      message(4, 'bob', minutes(4)),
    ],
    [],
    'alice',
    noon,
  );
  expect(rows.map(({ kind }) => kind).filter((kind) => kind !== 'day')).toEqual([
    'message',
    'failed',
    'failed',
    'message',
  ]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

test('of 800 messages only those are made anew that read differently: one more, its neighbour, what was read, what ages', () => {
  const memory = rowMemory();
  const messages = Array.from({ length: 800 }, (_, index) =>
    message(index + 1, index % 2 === 0 ? 'alice' : 'bob', noon + index * 1000, noon / 1000 + week + index),
  );
  const rowsAt = (all: readonly MessageBody[], now: number, readUpTo = 0) =>
    messageRows(all, [], 'alice', now, { read: readUpTo, delivered: readUpTo }, memory);
  let before = rowsAt(messages.slice(0, 799), minutes(20));
  const made = (rows: ReturnType<typeof messageRows>) => {
    const known = new Set(before);
    before = rows;
    return rows.filter((row) => !known.has(row)).length;
  };
  expect(made(rowsAt(messages, minutes(20)))).toBe(1);
  const another = [...messages, message(801, 'bob', noon + 800_000, noon / 1000 + week)];
  expect(made(rowsAt(another, minutes(20)))).toBe(2);
  expect(made(rowsAt(another, minutes(20) + 30_000))).toBe(0);
  // Three of one's own, and the heading that stands over the first.
  expect(made(rowsAt(another, minutes(20) + 30_000, 5))).toBe(3 + 1);
  // Half a day before its end each of the first hundred says six days in place of seven.
  const turned = (noon / 1000 + week - 6.5 * 86_400 + 100) * 1000;
  const rows = spoken(rowsAt(another, turned, 5));
  expect(rows.filter(({ expiry }) => expiry === '6 days').length).toBe(101);
  expect(rows).toEqual(spoken(messageRows(another, [], 'alice', turned, { read: 5, delivered: 5 })));
  expect(rows).toEqual(spoken(rowsAt(another, turned, 5)));
});

test('what is remembered of a message says the same as what is made anew, at every instant', () => {
  const memory = rowMemory();
  const messages = [90, 3_700, 90_000, 700_000].map((left, index) =>
    message(index + 1, 'bob', noon, noon / 1000 + left + 0.4),
  );
  for (let now = noon; now < noon + 700_000_000; now += 333 + Math.floor((now - noon) / 50)) {
    const anew = messageRows(messages, [], 'alice', now);
    expect(messageRows(messages, [], 'alice', now, undefined, memory)).toEqual(anew);
  }
});

test('one’s own says how far it has come: to the others, then read by them', () => {
  const messages = [1, 2, 3].map((seq) => message(seq, 'alice', noon, noon / 1000 + week));
  const rows = spoken(messageRows(messages, [], 'alice', noon, { read: 1, delivered: 2 }));
  expect(rows.map(({ status }) => status)).toEqual(['read', 'delivered', 'sent']);
});

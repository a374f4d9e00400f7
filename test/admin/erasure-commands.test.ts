import { userErase, userReceipts } from '../../admin/erasure-commands.ts';

type Options = Readonly<Record<string, string | boolean>>;
const given = (ids: readonly string[], options: Options = {}) => ({ ids, options });

test.each([
  [{}, { scope: 'account' }],
  [{ scope: 'profile' }, { scope: 'profile' }],
  [
    { scope: 'conversation', conversation: 'd-1' },
    { scope: 'conversation', conversationId: 'd-1' },
  ],
  [
    { scope: 'message', conversation: 'd-1', seq: '7' },
    { scope: 'message', conversationId: 'd-1', seq: 7 },
  ],
])('%j asks for %j', (options, target) => {
  expect(userErase.input(given(['alice'], options))).toEqual({ userId: 'alice', target });
});

test.each([
  [[], {}, /name one user: user erase alice/],
  [['alice', 'bob'], {}, /name one user/],
  [['alice'], { scope: 'all' }, /--scope is one of account, profile, conversation, message/],
  [['alice'], { scope: 'conversation' }, /--scope conversation takes a --conversation: user erase/],
  [['alice'], { scope: 'message', conversation: 'd-1' }, /--scope message takes a --seq/],
  [['alice'], { scope: 'message', conversation: 'd-1', seq: 'x' }, /--seq is a number from 1/],
  [['alice'], { scope: 'message', conversation: 'd-1', seq: '0' }, /--seq is a number from 1/],
  [['alice'], { seq: '1' }, /--scope account takes no --seq/],
  [['alice'], { scope: 'profile', conversation: 'd-1' }, /--scope profile takes no --conversation/],
])('%j %j is a mistake that says what to do', (ids, options, message) => {
  expect(() => userErase.input(given(ids, options))).toThrow(message);
});

test('receipts are of one user', () => {
  expect(userReceipts.input(given(['alice']))).toEqual({ userId: 'alice' });
  expect(() => userReceipts.input(given([]))).toThrow(/user receipts alice/);
});

const none = { deleted: 0, found: 0, held: 0 };
const receipt = {
  scope: 'message',
  conversationId: 'd-1',
  seq: 7,
  requestId: 'r1',
  state: 'refused in part',
  requestedBy: 'operator',
  requestedAt: '2026-11-23T10:00:00.000Z',
  finishedAt: '2026-11-23T10:00:01.000Z',
  stores: [
    { store: 'messages', outcome: 'held', deleted: 0, found: 1, held: 1 },
    { store: 'sends', outcome: 'erased', ...none, deleted: 3, lateDeleted: 2 },
    { store: 'profiles', outcome: 'not concerned', ...none },
    { store: 'logs', outcome: 'ages out', ...none, until: '2026-11-30T10:00:01.000Z' },
  ],
};
const receiptText = [
  'message d-1 no. 7: refused in part, 2026-11-23T10:00:01.000Z (request r1, by the operator)',
  '  messages  held           deleted 0  1 item kept by a legal hold',
  '  sends     erased         deleted 3  looked again, found 0; a second look deleted 2 more',
  '  profiles  not concerned',
  '  logs      ages out                  gone by 2026-11-30T10:00:01.000Z at the latest',
].join('\n');

test('a receipt is a line for each store', () => {
  expect(userErase.text(receipt)).toBe(receiptText);
});

test('whoever does not wait is told how to ask', () => {
  const asked = { userId: 'alice', requestId: 'r1', state: 'accepted' };
  expect(userErase.follow?.(asked, given(['alice'], { 'no-wait': true }))).toBeUndefined();
  expect(userErase.text(asked)).toBe('alice: accepted (request r1); user receipts alice shows the receipt');
});

test('whoever waits asks for the receipts until the one of this request is there', () => {
  const asked = { userId: 'alice', requestId: 'r1', state: 'accepted' };
  const next = userErase.follow?.(asked, given(['alice']));
  expect(next).toMatchObject({ functionName: 'admin-user-receipts', input: { userId: 'alice' } });
  const report = { userId: 'alice', open: [], receipts: [{ ...receipt, requestId: 'r0' }] };
  expect(next?.end(report)).toBeUndefined();
  expect(next?.end({ ...report, receipts: [...report.receipts, receipt] })).toEqual(receipt);
});

test('the report has what is under way first, then the receipts', () => {
  const open = [
    { scope: 'account', requestId: 'r2', state: 'accepted', requestedAt: '2026-11-23T11:00:00.000Z' },
  ];
  expect(userReceipts.text({ userId: 'alice', open, receipts: [receipt] })).toBe(
    `account: accepted, asked for at 2026-11-23T11:00:00.000Z\n${receiptText}`,
  );
  expect(userReceipts.text({ userId: 'alice', open: [], receipts: [] })).toBe(
    'alice: no erasure was asked for',
  );
});

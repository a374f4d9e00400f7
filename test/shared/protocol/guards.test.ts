import { isPush, isResult } from '../../../client/wire/told-frames.ts';
import { guards } from '../../../shared/protocol/guards.ts';
import { type Action, actions, type Push, pushes } from '../../../shared/protocol/table.ts';
import { protocolExamples } from '../../docs/protocol-examples.ts';

const actionNames = Object.keys(actions) as Action[];
const pushTypes = Object.keys(pushes) as Push['type'][];
/** What the ack of each action may look like where docs/protocol.md shows none; an empty one is shown by nothing. */
const acks: Readonly<Record<Action, readonly object[]>> = {
  hello: [{ consent: { state: 'none' } }],
  ping: [{ serverTime: 1 }],
  devices: [{ devices: [] }, { devices: [{ id: 'c', connectedAt: 1, current: true }] }],
  consent: [{ state: 'granted' }],
  profile: [{ profiles: [] }, { profiles: [{ userId: 'bob' }], next: ['carol'] }],
  open: [{ conversationId: 'd-1' }],
  members: [{ members: ['alice'], revision: 0 }],
  conversations: [{ conversations: [] }],
  send: [{ seq: 1 }],
  history: [{ messages: [], firstSeq: 1, lastSeq: 0 }],
  edit: [{ rev: 1, editedAt: 1 }],
  recall: [{ rev: 1, recalledAt: 1 }],
  react: [{ conversationId: 'd-1', seq: 1, rev: 1, reactions: [{ emoji: '👍', count: 1, own: true }] }],
  pin: [
    { seq: 1, rev: 1, pinnedAt: 1 },
    { seq: 1, rev: 2 },
  ],
  search: [{ messages: [] }, { messages: [], next: 4 }],
  watch: [{ lastSeq: 0, live: 1 }],
  unwatch: [{}],
  read: [{}],
  delivered: [{}],
  presence: [{ presences: [] }, { presences: [{ userId: 'bob', online: false, lastActive: 1 }] }],
  settings: [{ reads: true, deliveries: true, presence: 'contacts', lastActive: 'hour' }],
  typing: [{}],
  title: [{ title: 'Saturday' }, { title: null }],
  mute: [{}],
  arrange: [{}],
  block: [{}, { blocked: ['bob'] }],
  report: [{}],
  pushToken: [
    { devices: [] },
    { devices: [{ device: 'p', platform: 'fcm', registeredAt: 1, expiresAt: 2 }] },
  ],
  upload: [{ mediaId: 'm' }],
  download: [{ url: 'https://media' }, {}],
  erase: [{ requestId: 'r', state: 'accepted' }],
  export: [{ requestId: 'r', state: 'accepted' }],
};
const mayBeEmpty: readonly Action[] = [
  ...(['unwatch', 'read', 'delivered', 'typing', 'download', 'block', 'report'] as const),
  ...(['mute', 'arrange'] as const),
];

test.each(actionNames)('the ack of %s is told from that of another action', (action) => {
  for (const ack of acks[action])
    expect(isResult(guards, action, { type: 'ack', id: '1', ...ack })).toBe(true);
  expect(isResult(guards, action, { type: 'ack', id: '1' })).toBe(mayBeEmpty.includes(action));
});

test.each([
  ['profile', { profiles: {} }],
  ['profile', { profiles: ['bob'] }],
  ['hello', { consent: null }],
  ['members', { members: [1] }],
  ['devices', { devices: ['c'] }],
  ['download', { url: 1 }],
  ['send', { seq: '1' }],
] as const)('an ack that is no ack of %s is refused: %j', (action, ack) => {
  expect(isResult(guards, action, ack)).toBe(false);
});

test.each(pushTypes)('the push %s is told by its type and its fields', (type) => {
  const example = protocolExamples.find((frame) => frame.type === type);
  expect(isPush(guards, type, example)).toBe(true);
  expect(isPush(guards, type, { type })).toBe(false);
  for (const other of pushTypes.filter((name) => name !== type))
    expect(isPush(guards, other, example)).toBe(false);
});

const ofMember = { conversationId: 'd-1', userId: 'bob' };
test.each([
  { type: 'message', message: { conversationId: 'd-1' } },
  { type: 'messages', messages: [{ conversationId: 'r-1' }] },
  { type: 'behind', conversationId: 'r-1' },
  { type: 'read', ...ofMember },
  { type: 'read', conversationId: 'd-1', seq: 1 },
  { type: 'read', userId: 'bob', seq: 1 },
  { type: 'delivered', ...ofMember },
  { type: 'delivered', userId: 'bob', seq: 1 },
  { type: 'settings', reads: true, deliveries: true, presence: 'nobody' },
  { type: 'presence', userId: 'bob' },
  { type: 'typing', conversationId: 'd-1' },
  { type: 'typing', userId: 'bob' },
  { type: 'opened', conversationId: 'g-1', kind: 'group', members: ['bob'] },
  { type: 'opened', conversationId: 'g-1', kind: 'group', members: [1], lastSeq: 0, title: 'a' },
  { type: 'edited', conversationId: 'd-1', seq: 1, rev: 1 },
  { type: 'recalled', conversationId: 'd-1', seq: 1, rev: 1 },
  { type: 'pinned', conversationId: 'd-1', seq: 1, rev: 1 },
  { type: 'erased', conversationId: 'd-1', seqs: [1, '2'] },
  { type: 'erased', seqs: [1] },
  { type: 'erasure', state: 'done', stores: [null] },
  { type: 'export', requestId: 'r' },
  { type: 'bye', reason: 'TOKEN_EXPIRED', reconnect: 'yes' },
] as const)('a push that lacks what the client needs is none: %j', (push) => {
  expect(isPush(guards, push.type, push)).toBe(false);
});

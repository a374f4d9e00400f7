import { limitsSchema } from '../../../shared/configuration/limits.ts';
import { type ErrorCode, errors, ProtocolError } from '../../../shared/protocol/errors.ts';
import { actions } from '../../../shared/protocol/table.ts';
import { actionLimits } from '../../../shared/rate-limits/action-limits.ts';
import { frameRates } from '../../../shared/rate-limits/frame-rates.ts';
import type { RateLimiter } from '../../../shared/rate-limits/rate-limiter.ts';
import { rateLimits } from '../../../shared/rate-limits/rate-limits.ts';

const limits = limitsSchema.parse({});

function world() {
  const taken: [string, string, number][] = [];
  const limiter: RateLimiter = {
    take: async (userId, { name }, tokens = 1) => void taken.push([userId, name, tokens]),
  };
  return { taken, rates: frameRates(limiter, limits) };
}

async function takenBy(frame: object) {
  const { taken, rates } = world();
  await rates.take('alice', frame);
  return taken.map(([, name, tokens]) => [name, tokens]);
}

const members = (count: number) => Array.from({ length: count }, (_, index) => `user${index}`);

test.each([
  [{ action: 'send' }, 'messages', 1],
  [{ action: 'typing' }, 'signals', 1],
  [{ action: 'read' }, 'signals', 1],
  [{ action: 'upload', kind: 'video', bytes: 95_000_000 }, 'uploadBytes', 95_000_000],
  [{ action: 'open', members: members(1) }, 'openMembers', 1],
  [{ action: 'open', members: members(99) }, 'openMembers', 99],
  [{ action: 'members' }, 'reads', 1],
  [{ action: 'members', cursor: 'a' }, 'reads', 1],
  [{ action: 'members', add: members(25), remove: members(3) }, 'membersAdded', 25],
  [{ action: 'members', leave: true }, 'membersAdded', 1],
  [{ action: 'profile', get: members(50) }, 'profileReads', 50],
  [{ action: 'profile', set: {} }, 'profileReads', 1],
  [{ action: 'history' }, 'reads', 1],
  [{ action: 'search' }, 'searches', 1],
  [{ action: 'hello' }, 'reads', 1],
  [{ action: 'erase', scope: 'account' }, 'erasures', 1],
  [{ action: 'export' }, 'exports', 1],
  [{ action: 'consent', decision: 'grant' }, 'consents', 1],
])('%j takes of %s: %i', async (frame, name, tokens) => {
  expect(await takenBy(frame)).toEqual([[name, tokens]]);
});

test('nobody is kept from withdrawing', async () => {
  expect(await takenBy({ action: 'consent', decision: 'withdraw' })).toEqual([]);
});

test('what is too large to be carried out takes no more than the largest that is not', async () => {
  expect(await takenBy({ action: 'open', members: members(5_000) })).toEqual([['openMembers', 100]]);
  expect(await takenBy({ action: 'upload', kind: 'image', bytes: 500_000_000 })).toEqual([
    ['uploadBytes', 20_000_000],
  ]);
});

test.each(['nonsense', 'constructor', '__proto__'])(
  'the action %s has no limit of its own',
  async (action) => {
    expect(await takenBy(Object.fromEntries([['action', action]]))).toEqual([]);
  },
);

test('every action has its limit, and every limit has an action or is that of failures', () => {
  expect(Object.keys(actionLimits).toSorted()).toEqual(Object.keys(actions).toSorted());
  const used = new Set([...Object.values(actionLimits).map(({ limit }) => limit), 'failedFrames']);
  expect([...used].toSorted()).toEqual(Object.keys(rateLimits(limits)).toSorted());
});

const counted: readonly ErrorCode[] = [
  ...(['INVALID_FRAME', 'UNKNOWN_ACTION', 'NOT_FOUND', 'FORBIDDEN', 'TOO_LARGE', 'SENSITIVE_DATA'] as const),
  ...([
    'CONSENT_STALE',
    'AGE_NOT_MET',
    'AGE_NOT_ASSURED',
    'JURISDICTION_UNKNOWN',
    'NOT_STORED',
    'MEDIA_MISMATCH',
    'WINDOW_CLOSED',
    'REVIEW_REFUSED',
  ] as const),
];

test.each(Object.keys(errors) as ErrorCode[])(
  '%s counts as a failed frame, or not, as is decided',
  async (code) => {
    const { taken, rates } = world();
    await rates.takeFailure('alice', new ProtocolError(code));
    expect(taken).toEqual(counted.includes(code) ? [['alice', 'failedFrames', 1]] : []);
  },
);

test('what is no fault of the client does not count', async () => {
  const { taken, rates } = world();
  await rates.takeFailure('alice', new RangeError('ours'));
  expect(taken).toEqual([]);
});

test('each limit has its own burst and rate', () => {
  const distinct = Object.fromEntries(Object.keys(limits).map((key, index) => [key, 60_000 + 60 * index]));
  const values = distinct as typeof limits;
  const buckets = Object.values(rateLimits(values));
  const rates = buckets.flatMap(({ burst, perSecond }) => [burst, perSecond]);
  expect(new Set(rates).size).toBe(rates.length);
  for (const { name, burst } of buckets) expect(burst).toBe(distinct[`${name}Burst`]);
});

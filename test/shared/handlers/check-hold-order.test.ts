import { checkHoldOrder } from '../../../shared/handlers/check-hold-order.ts';
import { requireKnownUser } from '../../../shared/handlers/require-known-user.ts';
import type { Hold } from '../../../shared/stores/privacy/hold.ts';
import { epochMillis } from '../../../shared/time.ts';

const stores = ['consents', 'conversations', 'connections', 'rateLimits', 'profiles'] as const;

/** Something of the user is in these stores, and in no other. */
function deps(known: readonly (typeof stores)[number][] = []): any {
  const rows = (store: (typeof stores)[number]) => (known.includes(store) ? [{}] : []);
  return {
    ledger: { last: async () => rows('consents')[0] },
    conversations: { listIds: async () => ({ ids: rows('conversations') }) },
    connections: { listByUser: async () => rows('connections') },
    rateLimits: { list: async () => rows('rateLimits') },
    profiles: { read: async () => rows('profiles') },
    holds: { find: async () => undefined },
    now: () => epochMillis(Date.parse('2026-11-29T00:00:00Z')),
  };
}

test.each(stores)('whoever has something in %s is known', async (store) => {
  await expect(requireKnownUser(deps([store]), 'alice', 'x')).resolves.toBeUndefined();
});

test('of anybody else the operator is told what was looked at', async () => {
  await expect(requireKnownUser(deps(), 'alicf', 'nothing to erase')).rejects.toMatchObject({
    code: 'UNKNOWN_USER',
    message:
      'nothing is known of alicf (looked at consents, conversations, connections, rateLimits, profiles): nothing to erase',
  });
  const notStored = requireKnownUser({ ...deps(), profiles: undefined }, 'alicf', 'x');
  await expect(notStored).rejects.toThrow('connections, rateLimits)');
});

const order = { kind: 'user', userId: 'alice', reason: 'case 12', authority: 'court' } as const;

test.each([
  ['an unknown user', deps(), order, /UNKNOWN_USER/],
  ['no reason', deps(['consents']), { ...order, reason: undefined }, /INVALID_INPUT: .*reason/],
  ['no authority', deps(['consents']), { ...order, authority: undefined }, /INVALID_INPUT: .*authority/],
  [
    'an end that is over',
    deps(['consents']),
    { ...order, endsAt: '2026-11-29T00:00:00Z' },
    /INVALID_INPUT: endsAt/,
  ],
])('a new hold with %s is refused', async (_what, given, wrong, complaint) => {
  const refused = await checkHoldOrder(given, wrong).catch(({ code, message }) => `${code}: ${message}`);
  expect(refused).toMatch(complaint);
});

test.each([
  ['of somebody known', deps(['consents']), order],
  ['of somebody who may come', deps(), { ...order, allowUnknown: true as const }],
  ['of a conversation', deps(), { ...order, kind: 'conversation' as const, conversationId: 'd-1' }],
  [
    'that is in force, asked about',
    { ...deps(), holds: { find: async () => ({ state: 'held' }) as Hold } },
    { kind: 'user', userId: 'alice' } as const,
  ],
])('a hold %s is taken', async (_what, given, right) => {
  await expect(checkHoldOrder(given, right)).resolves.toBeUndefined();
});

test('one that has been lifted is a new one', async () => {
  const lifted = { ...deps(), holds: { find: async () => ({ state: 'releasing' }) as Hold } };
  await expect(checkHoldOrder(lifted, { kind: 'user', userId: 'alice' })).rejects.toThrow('needs a reason');
});

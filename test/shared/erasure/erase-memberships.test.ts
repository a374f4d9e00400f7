import { eraseMemberships } from '../../../shared/erasure/erase-memberships.ts';
import type { Recheck } from '../../../shared/erasure/recheck.ts';
import { epochMillis } from '../../../shared/time.ts';
import { accountErasure } from '../../support/account-erasure.ts';

import { askingFor } from '../../support/hold-world.ts';

const rooms = ['1', '2', '3'].map((digit) => `d-${digit.repeat(32)}`);
const [one = '', two = '', three = ''] = rooms;

describe('leaving the conversations', () => {
  function memberWorld(returned: boolean) {
    const looks: Recheck[] = [];
    const removed: string[] = [];
    const run = eraseMemberships({
      returnedAt: async () => (returned ? epochMillis(6) : undefined),
      titles: undefined,
      rechecks: { add: async (next) => void looks.push(next) },
      conversations: {
        listIds: async () => ({ ids: rooms }),
        readMemberships: async (_userId, ids) => ids.map(() => undefined as never),
        noteRemoval: async () => undefined,
        forgetNamedBy: async () => undefined,
        removeMember: async (id) => removed.push(id) > 0,
        read: async () => undefined,
        keepPair: async () => undefined,
        strip: async () => undefined,
        stripTitle: async () => undefined,
        removeEnded: async () => undefined,
        clearRetries: async () => undefined,
      },
    });
    return { run, looks, removed };
  }

  test('stays in what is under hold', async () => {
    const { run, removed } = memberWorld(false);
    const holds = askingFor({ conversations: new Set([two]) });
    expect(await run(accountErasure, holds, undefined)).toEqual({ deleted: 2, found: 1, held: 1 });
    expect(removed).toEqual([one, three]);
  });

  test('stays where this pass met a hold that is lifted since', async () => {
    const { run, removed } = memberWorld(false);
    const request = { ...accountErasure, heldIn: [two] };
    expect(await run(request, askingFor(), undefined)).toEqual({ deleted: 2, found: 1, held: 1 });
    expect(removed).toEqual([one, three]);
    const everywhere = { ...accountErasure, heldIn: 'everywhere' } as const;
    expect(await run(everywhere, askingFor(), undefined)).toEqual({ deleted: 0, found: 3, held: 3 });
  });

  test('is not for who has come back, but what was on its way before is looked for', async () => {
    const { run, looks, removed } = memberWorld(true);
    expect(await run(accountErasure, askingFor(), undefined)).toEqual({ deleted: 0, found: 0, held: 0 });
    expect(removed).toEqual([]);
    const { userId, writtenBy, requestId } = accountErasure;
    expect(looks).toEqual([
      { scope: 'everything', userId, requestId, writtenBy, conversationIds: [] },
      { scope: 'account', userId, requestId, writtenBy, conversationIds: rooms },
    ]);
  });
});

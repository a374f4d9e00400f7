import { eraseExports } from '../../../shared/erasure/erase-exports.ts';
import type { ErasureTarget } from '../../../shared/protocol/erasure/erasure-target.ts';
import { epochMillis } from '../../../shared/time.ts';
import { askingFor } from '../../support/hold-world.ts';

const ids = Array.from({ length: 60 }, (_, n) => `d-${String(n).padStart(2, '0')}`);

/** Everything that one erasure of alice's calls, until it is over. */
async function calls(target: ErasureTarget, { isLate = false } = {}) {
  const made: string[] = [];
  const eraser = eraseExports({
    objects: {
      remove: async (userId) => {
        made.push(`remove ${userId}'s`);
        return 2;
      },
      count: async () => 0,
    },
    revokeExports: async (some) => void made.push(`revoke ${some.length}: ${some[0]}`),
    conversations: {
      listIds: async (_userId, limit, after = '') => {
        const rest = ids.filter((id) => id > after);
        const page = rest.slice(0, limit);
        const next = page.at(-1);
        return { ids: page, ...(rest.length > limit && next !== undefined && { next }) };
      },
    },
  });
  const request = { userId: 'alice', target, writtenBy: epochMillis(0), ...(isLate && { isLate }) };
  let deleted = 0;
  let after: string | undefined;
  do {
    const batch = await eraser(request, askingFor(), after);
    expect(batch).toMatchObject({ found: 0, held: 0 });
    deleted += batch.deleted;
    after = batch.after;
  } while (after !== undefined);
  return { made, deleted };
}

test("of an account one's own go, and those of everybody in each conversation, 25 at a time; only one's own are counted", async () => {
  expect(await calls({ scope: 'account' })).toEqual({
    made: ["remove alice's", 'revoke 25: d-00', 'revoke 25: d-25', 'revoke 10: d-50'],
    deleted: 2,
  });
});

test('of a conversation or a message those of its members go, and nobody learns of how many', async () => {
  const conversationId = 'd-07';
  for (const target of [
    { scope: 'conversation', conversationId } as const,
    { scope: 'message', conversationId, seq: 3 } as const,
  ])
    expect(await calls(target)).toEqual({ made: ['revoke 1: d-07'], deleted: 0 });
});

test("of a profile one's own go, in which alone it is; the late look of an account leaves conversations to their own looks", async () => {
  const own = { made: ["remove alice's"], deleted: 2 };
  expect(await calls({ scope: 'profile' })).toEqual(own);
  expect(await calls({ scope: 'account' }, { isLate: true })).toEqual(own);
});

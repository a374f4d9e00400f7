import { eraseSends } from '../../../shared/erasure/erase-sends.ts';
import { accountErasure } from '../../support/account-erasure.ts';

import { askingFor } from '../../support/hold-world.ts';

function sendWorld() {
  const kept = new Set(['d-1#a', 'd-1#b', 'd-2#a']);
  const run = eraseSends({
    listKeys: async (_userId, _claimedBy, after = '', to = '~') => ({
      keys: [...kept].filter((key) => key > after && key <= to),
    }),
    remove: async ({ sendKey }) => void kept.delete(sendKey),
  });
  return { kept, run };
}

test('the records of what is held stay until no repeat is under way', async () => {
  const { kept, run } = sendWorld();
  const holds = askingFor({ conversations: new Set(['d-1']) });
  expect(await run(accountErasure, holds, undefined)).toEqual({ deleted: 1, found: 2, held: 2 });
  expect([...kept]).toEqual(['d-1#a', 'd-1#b']);
  expect(await run({ ...accountErasure, isLate: true }, holds, undefined)).toMatchObject({
    deleted: 2,
    found: 0,
  });
  expect(kept.size).toBe(0);
});

test('a hold on the user keeps them all, and none keeps none', async () => {
  const held = sendWorld();
  const holds = askingFor({ users: new Set(['alice']) });
  expect(await held.run(accountErasure, holds, undefined)).toEqual({ deleted: 0, found: 3, held: 3 });
  expect(await sendWorld().run(accountErasure, askingFor(), undefined)).toEqual({
    deleted: 3,
    found: 0,
    held: 0,
  });
});

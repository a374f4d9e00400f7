import { eraseProfile } from '../../../shared/erasure/erase-profile.ts';
import type { ErasureTarget } from '../../../shared/protocol/erasure/erasure-target.ts';
import type { StoredProfile } from '../../../shared/stores/profiles/profile.ts';
import type { Title } from '../../../shared/stores/profiles/title.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { askingFor } from '../../support/hold-world.ts';
import { memoryTitleStore } from '../../support/memory-title-store.ts';

const expiresAt = 4e9 as EpochSeconds;
const writtenBy = epochMillis(1_000);

/** Alice has a profile, and has given two of three titles, one of them after the request. */
function world() {
  const title = (conversationId: string, by: string, updatedAt = 1): [string, Title] => [
    conversationId,
    { conversationId, title: 'Trip', by, updatedAt: epochMillis(updatedAt), expiresAt },
  ];
  const titles = new Map([title('g-1', 'alice'), title('g-2', 'bob'), title('g-3', 'alice')]);
  const profiles = new Map<string, StoredProfile>([
    ['alice', { userId: 'alice', nickname: 'Alice', updatedAt: epochMillis(1), expiresAt }],
  ]);
  const erase = eraseProfile({
    titles: memoryTitleStore(titles),
    conversations: {
      listIds: async (_userId, _limit, after) =>
        after === undefined ? { ids: ['g-1', 'g-2'], next: 'g-2' } : { ids: ['g-3'] },
    },
    profiles: {
      read: async ([id = '']) => [profiles.get(id)].filter((each) => each !== undefined),
      remove: async ({ userId }) => profiles.delete(userId),
    },
  });
  async function run(target: ErasureTarget, holds = askingFor()) {
    const request = { userId: 'alice', target, writtenBy };
    const first = await erase(request, holds, undefined);
    const results = first.after === undefined ? [first] : [first, await erase(request, holds, first.after)];
    return results.map(({ deleted, found, held }) => [deleted, found, held]);
  }
  return { run, titles, profiles };
}

test('with an account go its profile and the titles that it has given, whoever else is in the groups', async () => {
  const { run, titles, profiles } = world();
  expect(await run({ scope: 'account' })).toEqual([
    [2, 0, 0],
    [1, 0, 0],
  ]);
  expect([...titles.keys()]).toEqual(['g-2']);
  expect(profiles.size).toBe(0);
});

test('with what somebody wrote in a conversation goes the title that they gave it, and nothing else', async () => {
  const { run, titles, profiles } = world();
  expect(await run({ scope: 'conversation', conversationId: 'g-1' })).toEqual([[1, 0, 0]]);
  expect(await run({ scope: 'conversation', conversationId: 'g-2' })).toEqual([[0, 0, 0]]);
  expect([...titles.keys()]).toEqual(['g-2', 'g-3']);
  expect(profiles.size).toBe(1);
});

test('with a profile goes no title', async () => {
  const { run, titles } = world();
  expect(await run({ scope: 'profile' })).toEqual([[1, 0, 0]]);
  expect(titles.size).toBe(3);
});

test('what was given after the request stays; what was only renewed since goes', async () => {
  const { run, titles } = world();
  const [one, three] = [titles.get('g-1'), titles.get('g-3')];
  if (one === undefined || three === undefined) throw new Error('no title');
  titles.set('g-1', { ...one, renewedAt: epochMillis(5_000) });
  titles.set('g-3', { ...three, updatedAt: epochMillis(5_000) });
  await run({ scope: 'account' });
  expect([...titles.keys()]).toEqual(['g-2', 'g-3']);
});

test('what is on hold stays, and is counted', async () => {
  const { run, titles } = world();
  const holds = askingFor({ conversations: new Set(['g-1']) });
  expect(await run({ scope: 'conversation', conversationId: 'g-1' }, holds)).toEqual([[0, 1, 1]]);
  expect(await run({ scope: 'account' }, askingFor({ users: new Set(['alice']) }))).toEqual([
    [0, 2, 2],
    [0, 1, 1],
  ]);
  expect(titles.size).toBe(3);
});

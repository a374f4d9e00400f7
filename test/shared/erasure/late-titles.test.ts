import { eraseMemberships } from '../../../shared/erasure/erase-memberships.ts';
import { rechecks, runRecheck } from '../../../shared/erasure/recheck.ts';
import { lateLookId } from '../../../shared/stores/privacy/late-look.ts';
import type { Title } from '../../../shared/stores/profiles/title.ts';
import { type EpochMillis, type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { accountErasure } from '../../support/account-erasure.ts';
import { erasureWorld } from '../../support/erasure-world.ts';
import { askingFor } from '../../support/hold-world.ts';
import { memoryTitleStore } from '../../support/memory-title-store.ts';
import { direct } from '../../support/step.ts';

const group = `g-${'1'.repeat(32)}`;
const titleAt = (updatedAt: EpochMillis): Title => ({
  ...{ conversationId: group, title: 'words', by: 'alice', updatedAt, expiresAt: 4e9 as EpochSeconds },
});

test.each([
  ['goes with the membership that leads to it', false, 0],
  ['of who has come back stays', true, 1],
])('a title that says that it was given after the end of the consent %s', async (_name, returned, left) => {
  const titles = new Map([[group, titleAt(epochMillis(accountErasure.writtenBy + 1))]]);
  const run = eraseMemberships({
    returnedAt: async () => (returned ? epochMillis(accountErasure.writtenBy + 1) : undefined),
    titles: memoryTitleStore(titles, { step: direct }),
    rechecks: { add: async () => undefined },
    conversations: {
      listIds: async () => ({ ids: [group] }),
      readMemberships: async () => [],
      noteRemoval: async () => undefined,
      forgetNamedBy: async () => undefined,
      removeMember: async () => true,
      read: async () => undefined,
      keepPair: async () => undefined,
      strip: async () => undefined,
      stripTitle: async () => undefined,
      removeEnded: async () => undefined,
      clearRetries: async () => undefined,
    },
  });
  await run(accountErasure, askingFor(), undefined);
  expect(titles.size).toBe(left);
});

test.each([
  ['is found by the second look', undefined, 0],
  ['before its author has come back is found by the second look, too', 2_001, 0],
  ['by who has come back stays', 2_000, 1],
])('a title that is given once no membership leads there any more %s', async (_name, after, left) => {
  const world = erasureWorld();
  const clock = { now: 1_000_000 };
  const now = () => epochMillis(clock.now);
  const deps = { ...world.workDeps(direct, () => clock.now), written: undefined };
  const look = { scope: 'account', userId: 'alice', writtenBy: now(), conversationIds: [group] } as const;
  await rechecks({ looks: deps.looks, jobs: deps.jobs, now, randomId: () => 'r' }).add(look);
  world.titles.set(group, titleAt(epochMillis(clock.now + 2_000)));
  clock.now += 70_000;
  const returned = after === undefined ? undefined : epochMillis(look.writtenBy + after);
  await runRecheck({ ...deps, returnedAt: async () => returned }, lateLookId(look));
  expect(world.titles.size).toBe(left);
});

import { backfillBatch } from '../../../shared/holds/backfill-batch.ts';
import { holdMarkStore } from '../../../shared/stores/conversations/hold-mark-store.ts';
import { membershipStore } from '../../../shared/stores/conversations/membership-store.ts';
import { messageStore } from '../../../shared/stores/messages/message-store.ts';
import { recalledStore } from '../../../shared/stores/messages/recalled-store.ts';
import { versionStore } from '../../../shared/stores/messages/version-store.ts';
import type { Hold } from '../../../shared/stores/privacy/hold.ts';
import { epochMillis } from '../../../shared/time.ts';
import { type ChangesWorld, changesWorld } from '../../support/changes-world.ts';
import { amongHolds } from '../../support/hold-world.ts';
import { noLiveGroups, noWatches } from '../../support/no-live-groups.ts';
import { direct } from '../../support/step.ts';

const file = (mediaId: string) =>
  ({ type: 'file', mediaId, media: { contentType: 'application/pdf', bytes: 1 } }) as const;

/** Ann and ben have edited and taken back what a hold on the conversation keeps. */
async function begin(): Promise<ChangesWorld> {
  const world = await changesWorld(['ann', 'ben']);
  world.holds.conversations.add(world.conversationId);
  await world.send(direct, 'ann', 'a1');
  await world.send(direct, 'ben', 'b1');
  await world.send(direct, 'ann', 'a2', file('of-ann'));
  world.objects.add('of-ann');
  await world.edit(direct, 'ann', 'e1', 1, 'else');
  await world.edit(direct, 'ben', 'e2', 2, 'else');
  await world.recall(direct, 'ann', 'r1', 3);
  return world;
}

async function walk(world: ChangesWorld): Promise<void> {
  const db = world.databaseOf(direct);
  const conversations = { ...membershipStore(db, 'conversations'), ...holdMarkStore(db, 'conversations') };
  const target = { kind: 'conversation', conversationId: world.conversationId } as const;
  const hold = { target, state: 'releasing', since: epochMillis(0) } as unknown as Hold;
  await backfillBatch(
    {
      holds: { among: async (asked) => amongHolds(world.holds, asked) },
      conversations,
      now: () => epochMillis(1_000_000),
      ...{
        live: noLiveGroups,
        watches: noWatches,
        profiles: undefined,
        titles: undefined,
        reactions: undefined,
      },
      messages: {
        ...messageStore(db, 'messages'),
        ...versionStore(db, 'messages'),
        ...recalledStore(db, 'messages'),
      },
      media: {
        hold: async () => undefined,
        remove: async ({ mediaId }) => {
          world.objects.delete(mediaId);
          return 'removed';
        },
      },
    },
    hold,
    { pass: 1 },
  );
}

test('what a hold has kept of earlier versions stays as long as it lasts, with its media', async () => {
  const world = await begin();
  await walk(world);
  expect(world.versions()).toHaveLength(3);
  expect([...world.objects]).toEqual(['of-ann']);
});

test('it goes with the hold, and nothing leads there any more', async () => {
  const world = await begin();
  world.holds.conversations.clear();
  await walk(world);
  expect(world.versions()).toEqual([]);
  expect([...world.objects]).toEqual([]);
  expect(JSON.stringify(world.stored())).not.toContain('hasVersions');
  expect(JSON.stringify(world.stored())).not.toContain('of-ann');
  expect(world.stored().map(({ content }) => content.type)).toEqual(['text', 'text', 'recalled']);
});

test('another hold goes on keeping what is its author’s', async () => {
  const world = await begin();
  world.holds.conversations.clear();
  world.holds.users.add('ann');
  await walk(world);
  expect(world.versions().map((version) => Object(version)['by'])).toEqual(['ann', 'ann']);
  expect([...world.objects]).toEqual(['of-ann']);
});

import { membersWorld } from '../../support/members-world.ts';
import { reactionsWorld } from '../../support/reactions-world.ts';
import { direct } from '../../support/step.ts';

const settings = { history: 'start', afterLeaving: 'keep' } as const;
const crowd = Array.from({ length: 40 }, (_, index) => `p-${index}`);

/** A group of these, in which those with a socket are told. */
async function groupOf(people: readonly string[], sockets: readonly string[]) {
  const group = await membersWorld(people, settings, 100, undefined, { sockets });
  await group.send(direct, 'p-0', 'm-1');
  group.pushed.length = 0;
  return { group, world: reactionsWorld(group) };
}

test('in a small group everybody is told at once and by whom, but for the device that did it', async () => {
  const { group, world } = await groupOf(crowd.slice(0, 3), crowd.slice(0, 3));
  await group.connect(direct, 'p-1', 2);
  await world.react(direct, 'p-1', { id: 'a', seq: 1, emoji: '👍', on: true });
  expect(group.pushed.map(({ connectionId }) => connectionId).toSorted()).toEqual([
    'p-0-1',
    'p-1-2',
    'p-2-1',
  ]);
  for (const { push } of group.pushed)
    expect(push).toMatchObject({ rev: 1, by: { userId: 'p-1', emoji: '👍', on: true } });
  expect(world.jobs).toEqual([]);
});

test('in a large group one job tells everybody of all that came in its time, without a name; own devices at once', async () => {
  const { group, world } = await groupOf(crowd, crowd.slice(0, 5));
  await group.connect(direct, 'p-1', 2);
  for (const [index, by] of ['p-1', 'p-2', 'p-3'].entries())
    await world.react(direct, by, { id: 'a', seq: 1, emoji: index === 2 ? '🎉' : '👍', on: true });
  expect(world.jobs).toEqual([{ conversationId: group.conversationId, reactedTo: 1 }]);
  expect(group.pushed).toMatchObject([{ connectionId: 'p-1-2', push: { by: { userId: 'p-1' } } }]);
  group.pushed.length = 0;
  await world.tellAll();
  expect(group.pushed.map(({ userId }) => userId).toSorted()).toEqual([
    ...['p-0', 'p-1', 'p-1', 'p-2', 'p-3', 'p-4'],
  ]);
  for (const { push } of group.pushed)
    expect(push).toEqual({
      ...{ type: 'reacted', conversationId: group.conversationId, seq: 1, rev: 3 },
      reactions: [
        { emoji: '👍', count: 2 },
        { emoji: '🎉', count: 1 },
      ],
    });
});

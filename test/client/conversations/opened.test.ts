import { chat, settle } from '../support/chat.ts';

test('a group whose title passes by is there under its title, which no list takes away', async () => {
  const here = chat();
  here.client.connect();
  await settle();
  const told: number[] = [];
  here.client.on('conversations', (all) => told.push(all.length));
  const before = here.client.conversations().length;
  const group = { conversationId: 'g-1', kind: 'group', members: ['alice', 'bob'], lastSeq: 0 } as const;
  here.lapse.push('alice', { type: 'opened', ...group, title: 'Saturday' });
  await settle();
  expect(told.at(-1)).toBe(before + 1);
  const shown = () => here.client.conversations().find(({ conversationId }) => conversationId === 'g-1');
  expect(shown()).toEqual({
    ...group,
    title: 'Saturday',
    members: [
      { userId: 'alice', role: 'member' },
      { userId: 'bob', role: 'member' },
    ],
    memberCount: 2,
    readSeq: 0,
    unread: 0,
    mentions: 0,
    role: 'member',
    joinedSeq: 0,
  });
  here.lapse.dropAll();
  for (let round = 0; round < 5; round += 1) await here.pass(1_000);
  expect(here.client.state().name).toBe('online');
  expect(shown()?.title).toBe('Saturday');
});

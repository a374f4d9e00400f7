import { chat, settle } from '../support/chat.ts';

async function online(blocked: readonly string[] = []) {
  const made = chat();
  made.lapse.blocked = blocked;
  const told: string[][] = [];
  made.client.on('blocked', (all) => told.push([...all]));
  made.client.connect();
  await settle();
  return { ...made, told };
}

test('whom one blocks is known from hello, from what one does and from other devices', async () => {
  const { client, lapse, told } = await online(['mallory']);
  expect([...client.blocked()]).toEqual(['mallory']);
  await client.block('bob', true);
  lapse.push('alice', { type: 'blocked', userId: 'mallory', blocked: false });
  lapse.push('alice', { type: 'blocked', userId: 'mallory', blocked: false });
  await settle();
  expect([...client.blocked()]).toEqual(['bob']);
  expect(told).toEqual([['mallory'], ['mallory', 'bob'], ['bob']]);
  expect(lapse.frames.find(({ action }) => action === 'block')).toMatchObject({
    userId: 'bob',
    blocked: true,
  });
  client.close();
});

test('what a blocked person writes in a group comes, and neither counts nor is the preview', async () => {
  const { client, lapse, heard } = await online(['mallory']);
  lapse.create('g-hike', ['alice', 'bob', 'mallory']);
  lapse.post('bob', 'g-hike', 'hello');
  await settle();
  lapse.post('mallory', 'g-hike', 'nonsense');
  await settle();
  const group = client.conversations().find(({ conversationId }) => conversationId === 'g-hike');
  expect(group).toMatchObject({ unread: 1, lastSeq: 2, lastMessage: { preview: 'hello' } });
  expect(heard).toContain('nonsense');
  client.close();
});

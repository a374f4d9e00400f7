import { chat, settle } from '../support/chat.ts';

const group = 'g-hike';
const row = (userId: string, role: 'owner' | 'admin' | 'member' = 'member') => ({ userId, role });
const change = (fields: object) => ({
  ...{ type: 'members', conversationId: group, revision: 2, added: [], removed: [], roles: {}, by: 'bob' },
  ...fields,
});

async function inGroup() {
  const made = chat();
  made.lapse.create(group, ['alice', 'bob']);
  made.lapse.listed = (summary) =>
    summary.conversationId === group ? { ...summary, members: [row('alice'), row('bob', 'owner')] } : summary;
  made.client.connect();
  await settle();
  const listed = () => made.client.conversations().find(({ conversationId }) => conversationId === group);
  const push = async (fields: object) => {
    made.lapse.push('alice', change(fields));
    await settle();
  };
  const hellos = () => made.lapse.frames.filter(({ action }) => action === 'hello').length;
  return { ...made, listed, push, hellos };
}

test('who comes, goes or gets a role is known at once, and told twice is the same', async () => {
  const { client, listed, push } = await inGroup();
  for (let twice = 0; twice < 2; twice += 1) {
    await push({ added: ['carol', 'dave'], removed: ['bob'], roles: { carol: 'owner', alice: 'admin' } });
    expect(listed()).toMatchObject({
      role: 'admin',
      memberCount: 3,
      members: [row('alice', 'admin'), row('carol', 'owner'), row('dave')],
    });
  }
  client.close();
});

test('of a group that is too large to be listed the number is kept up', async () => {
  const { client, lapse, listed, push, pass } = await inGroup();
  lapse.listed = ({ members: _none, ...summary }) => ({ ...summary, memberCount: 40 });
  await pass(3_000);
  await push({ added: ['carol'] });
  expect(listed()?.memberCount).toBe(41);
  client.close();
});

test('whoever is taken out of a group has it no more; whoever is added asks what there is', async () => {
  const { client, lapse, listed, push, hellos, pass } = await inGroup();
  const told: readonly string[][] = [];
  client.on('members', ({ removed }) => (told as string[][]).push([...removed]));
  await push({ removed: ['alice'] });
  expect([listed(), client.messages(group), told]).toEqual([undefined, [], [['alice']]]);
  lapse.create('g-new', ['alice', 'bob']);
  await pass(3_000);
  const before = hellos();
  await push({ conversationId: 'g-other', added: ['alice'] });
  expect(hellos()).toBe(before + 1);
  client.close();
});

test('whoever leaves or closes has it no more either, and everybody of a large group is asked for page by page', async () => {
  const { client, listed, lapse } = await inGroup();
  lapse.membersPage = 1;
  expect(await client.members(group)).toEqual(['alice', 'bob']);
  await client.changeMembers(group, { leave: true });
  expect(listed()).toBeUndefined();
  client.close();
});

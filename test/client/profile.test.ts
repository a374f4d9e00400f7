import { chat, settle } from './support/chat.ts';

test('a profile can be asked for and set: the fields and the result have their types', async () => {
  const { client, lapse } = chat();
  client.connect();
  await settle();
  const { profiles } = await client.request('profile', { get: ['bob'] });
  expect(profiles.map(({ userId }) => userId)).toEqual(['bob']);
  await client.request('profile', { set: { nickname: 'Alice', signature: null } });
  expect(lapse.frames.filter(({ action }) => action === 'profile')).toMatchObject([
    { get: ['bob'] },
    { set: { nickname: 'Alice', signature: null } },
  ]);
  // @ts-expect-error: no such field
  await client.request('profile', { get: ['bob'], of: 'bob' });
});

test('an ack that is not one of a profile is not taken for it', async () => {
  const { client, lapse } = chat();
  client.connect();
  await settle();
  lapse.fault = ({ action }) => (action === 'profile' ? 'empty-ack' : 'none');
  await expect(client.request('profile', { get: ['bob'] })).rejects.toMatchObject({ code: 'INTERNAL' });
});

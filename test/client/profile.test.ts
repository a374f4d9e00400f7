import { readProfiles } from '../../client/people/read-profiles.ts';
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

test('however many are asked for, each is answered once; who is set gets their own back', async () => {
  const { client, lapse } = chat();
  lapse.consented.add('alice');
  client.connect();
  await settle();
  const people = Array.from({ length: 120 }, (_, index) => `person-${index}`);
  const found = await client.profiles([...people, 'person-0']);
  expect(found.map(({ userId }) => userId)).toEqual(people);
  const asked = lapse.frames.flatMap((frame) => (frame.action === 'profile' ? [frame.get?.length] : []));
  expect(asked).toEqual([50, 50, 20]);
  const { profiles } = await client.setProfile({ nickname: 'Alice', signature: null });
  expect(profiles).toEqual([{ userId: 'alice' }]);
  // @ts-expect-error: no such field
  const wrong = () => client.setProfile({ birthDate: '2000-01-01' });
  void wrong;
});

test('what did not fit into a reply is asked for again, and a server that answers nobody is not asked for ever', async () => {
  const asked: (readonly string[])[] = [];
  const request = async (_action: string, { get }: { get: readonly string[] }) => {
    asked.push(get);
    const [first = '', ...next] = get;
    return { profiles: [{ userId: first }], next };
  };
  const found = await readProfiles(request as never, ['a', 'b', 'c']);
  expect(found.map(({ userId }) => userId)).toEqual(['a', 'b', 'c']);
  expect(asked).toEqual([['a', 'b', 'c'], ['b', 'c'], ['c']]);
  const silent = async (_action: string, { get }: { get: readonly string[] }) => ({
    profiles: [],
    next: get,
  });
  expect(await readProfiles(silent as never, ['a', 'b'])).toEqual([]);
});

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, grant, join, openDirect, type Person } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
let db: DynamoDBDocumentClient;
let alice: Person;
let bob: Person;
let mallory: Person;
const TableName = () => system.tableNames['PROFILE_TABLE'] ?? '';

beforeAll(async () => {
  system = await startTestSystem();
  db = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: system.dynamodbEndpoint,
      region: system.region,
      credentials: system.credentials,
    }),
  );
  [alice, bob, mallory] = await Promise.all([
    join(system, 'alice'),
    join(system, 'bob'),
    join(system, 'mallory'),
  ]);
  await openDirect(alice, 'bob');
});
afterAll(async () => {
  db?.destroy();
  await system?.close();
});

const full = { nickname: 'Alice', avatarUrl: 'https://pictures.example/a.png', signature: 'hello there' };
const seen = async (reader: Person, userId = 'alice') =>
  (await reader.call('profile', { get: [userId] })).profiles[0];

test('what is set comes back whole to its owner, with the settings and the end', async () => {
  const before = Math.floor(Date.now() / 1000);
  const ack = await alice.call('profile', { set: full });
  const everyone = { nickname: 'everyone', avatarUrl: 'everyone', signature: 'everyone' };
  expect(ack.profiles).toEqual([
    { userId: 'alice', ...full, visibility: everyone, expiresAt: expect.any(Number) },
  ]);
  expect(ack.profiles[0].expiresAt - before - 7 * 86_400).toBeLessThan(60);
  expect(await seen(alice)).toEqual(ack.profiles[0]);
  expect(await seen(bob)).toEqual({ userId: 'alice', ...full });
});

test('each field is seen by whom its owner lets see it', async () => {
  const visibility = { nickname: 'everyone', avatarUrl: 'contacts', signature: 'nobody' };
  await alice.call('profile', { set: { ...full, visibility } });
  const { nickname, avatarUrl } = full;
  expect(await seen(bob)).toEqual({ userId: 'alice', nickname, avatarUrl });
  expect(await seen(mallory)).toEqual({ userId: 'alice', nickname });
  expect(await seen(alice)).toMatchObject({ ...full, visibility });
  await alice.call('profile', { set: { visibility: { nickname: 'nobody' } } });
  expect(await seen(bob)).toEqual({ userId: 'alice', avatarUrl });
  expect(await seen(mallory)).toEqual({ userId: 'alice' });
});

test('a change keeps what it does not name, and null removes', async () => {
  await alice.call('profile', { set: { ...full, visibility: { nickname: 'everyone' } } });
  await alice.call('profile', { set: { signature: null } });
  await alice.call('profile', { set: { nickname: 'Alicia' } });
  expect(await seen(alice)).toMatchObject({ nickname: 'Alicia', avatarUrl: full.avatarUrl });
  expect(await seen(alice)).not.toHaveProperty('signature');
});

test('changes made at once on several devices all count', async () => {
  const phone = await connect(system, 'alice');
  await Promise.all([
    alice.call('profile', { set: { nickname: 'one' } }),
    phone.call('profile', { set: { signature: 'two' } }),
    alice.call('profile', { set: { avatarUrl: 'https://three.example/' } }),
  ]);
  const expected = { nickname: 'one', signature: 'two', avatarUrl: 'https://three.example/' };
  expect(await seen(alice)).toMatchObject(expected);
  phone.socket.close();
});

test('several are answered in the order asked for; who is not known looks like who shows nothing', async () => {
  await bob.call('profile', { set: { nickname: 'Bob', visibility: { nickname: 'nobody' } } });
  const { profiles } = await mallory.call('profile', { get: ['nobody-at-all', 'bob', 'alice', 'bob'] });
  expect(profiles.map(({ userId }: { userId: string }) => userId)).toEqual(['nobody-at-all', 'bob', 'alice']);
  expect(profiles.slice(0, 2)).toEqual([{ userId: 'nobody-at-all' }, { userId: 'bob' }]);
});

test('what could deceive in a name is gone, and addresses are https', async () => {
  const { profiles } = await alice.call('profile', { set: { nickname: '  \u202eecilA\u0007 ' } });
  expect(profiles[0].nickname).toBe('ecilA');
});

test.each([
  ['neither set nor get', {}],
  ['both', { set: { nickname: 'x' }, get: ['bob'] }],
  ['a field that is none', { set: { height: 180 } }],
  ['an address that is not https', { set: { avatarUrl: 'http://pictures.example/a.png' } }],
  ['a name of nothing', { set: { nickname: '\u200b' } }],
  ['a name too long', { set: { nickname: 'x'.repeat(65) } }],
  ['nobody asked for', { get: [] }],
  ['more than fifty', { get: Array.from({ length: 51 }, (_, index) => `user-${index}`) }],
  ['a visibility that is none', { set: { visibility: { nickname: 'friends' } } }],
])('%s: refused', async (_name, fields) => {
  expect(await alice.call('profile', fields)).toMatchObject({ error: { code: 'INVALID_FRAME' } });
});

test('without consent there is no profile', async () => {
  const carol = await connect(system, 'carol');
  expect(await carol.call('profile', { set: { nickname: 'Carol' } })).toMatchObject({
    error: { code: 'CONSENT_REQUIRED' },
  });
  expect(await carol.call('consent', grant)).toMatchObject({ state: 'granted' });
  const again = await connect(system, 'carol');
  expect(await again.call('profile', { set: { nickname: 'Carol' } })).toMatchObject({ type: 'ack' });
});

/** Lets time pass for alice's profile. */
async function change(changed: object): Promise<void> {
  const { Item } = await db.send(new GetCommand({ TableName: TableName(), Key: { userId: 'alice' } }));
  await db.send(new PutCommand({ TableName: TableName(), Item: { ...Item, ...changed } }));
}

test.each([
  ['stamped', () => ({ endsAt: Math.floor(Date.now() / 1000) })],
  [
    'that the present policy allows',
    () => ({ updatedAt: Date.now() - 8 * 86_400_000, endsAt: Math.floor(Date.now() / 1000) + 3_600 }),
  ],
])(
  'past the end %s it is gone while still in the table, and no change brings it back',
  async (_name, ended) => {
    await alice.call('profile', { set: { ...full, visibility: { nickname: 'nobody' } } });
    await change(ended());
    expect(await seen(alice)).toEqual({ userId: 'alice' });
    expect(await seen(bob)).toEqual({ userId: 'alice' });
    await alice.call('profile', { set: { signature: 'back' } });
    expect(await seen(bob)).toEqual({ userId: 'alice', signature: 'back' });
  },
);

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
let alice: Person;
let bob: Person;
let conversationId: string;
let db: DynamoDBDocumentClient;
const TableName = () => system.tableNames['MESSAGE_TABLE'] ?? '';

beforeAll(async () => {
  system = await startTestSystem({ ttlSweep: false });
  db = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: system.dynamodbEndpoint,
      region: system.region,
      credentials: system.credentials,
    }),
  );
  [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  conversationId = await openDirect(alice, 'bob');
  for (const words of ['one', 'two', 'three'])
    await alice.call('send', { conversationId, content: text(words) });
});
afterAll(async () => {
  db?.destroy();
  await system?.close();
});

/** Lets time pass for one message: what was stamped, or when it was sent. */
async function change(seq: number, changed: object): Promise<void> {
  const { Item } = await db.send(new GetCommand({ TableName: TableName(), Key: { conversationId, seq } }));
  await db.send(new PutCommand({ TableName: TableName(), Item: { ...Item, ...changed } }));
}

test('an expired message is on no read path while it is still in the table', async () => {
  await change(1, { endsAt: Math.floor(Date.now() / 1000) });
  expect((await wholeHistory(bob, conversationId)).map(({ seq }) => seq)).toEqual([2, 3]);
  const page = await bob.call('history', { conversationId, before: 2 });
  expect(page).toMatchObject({ messages: [], firstSeq: 2, lastSeq: 3 });
  const { Item } = await db.send(new GetCommand({ TableName: TableName(), Key: { conversationId, seq: 1 } }));
  expect(Item).toBeDefined();
});

test('what is older than the present policy allows is gone, whatever was stamped on it', async () => {
  await change(2, { sentAt: Date.now() - 8 * 86_400_000, endsAt: Math.floor(Date.now() / 1000) + 3_600 });
  expect((await wholeHistory(bob, conversationId)).map(({ seq }) => seq)).toEqual([3]);
});

test('when all has expired the numbers still go on', async () => {
  await change(3, { endsAt: Math.floor(Date.now() / 1000) - 1 });
  expect(await bob.call('history', { conversationId })).toMatchObject({
    messages: [],
    firstSeq: 4,
    lastSeq: 3,
  });
  expect(await alice.call('send', { conversationId, content: text('four') })).toMatchObject({ seq: 4 });
});

test('a conversation may keep for a shorter time than the operator, not for a longer one', async () => {
  const members = ['bob'];
  const short = await alice.call('open', { kind: 'group', members, retention: 60 });
  const ack = await alice.call('send', { conversationId: short.conversationId, content: text('soon gone') });
  expect(ack.expiresAt).toBe(Math.floor(ack.sentAt / 1000) + 60);
  const long = await alice.call('open', { kind: 'group', members, retention: 8 * 86_400 });
  expect(long).toMatchObject({ error: { code: 'INVALID_FRAME' } });
});

test('when all has expired nothing is unread', async () => {
  const { conversationId: brief } = await alice.call('open', {
    kind: 'group',
    members: ['bob'],
    retention: 1,
  });
  const { expiresAt } = await alice.call('send', { conversationId: brief, content: text('a second') });
  const unread = async () =>
    (await bob.call('hello')).conversations.find(
      (each: { conversationId: string }) => each.conversationId === brief,
    ).unread;
  while ((await unread()) > 0) expect(await bob.call('ping')).toMatchObject({ type: 'ack' });
  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt * 1000);
  expect(await wholeHistory(bob, brief)).toEqual([]);
});

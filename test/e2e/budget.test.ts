import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, text } from '../support/chat-person.ts';
import { type Call, type CountingDynamoDb, startCountingDynamoDb } from '../support/counting-dynamodb.ts';
import { startTestSystem } from '../support/local-system.ts';

/** The design's budget for one stored 1:1 message of up to 1 KB between two connected people. */
let dynamodb: CountingDynamoDb;
let system: LocalSystem;
let alice: Person;
let bob: Person;
let conversationId: string;

beforeAll(async () => {
  dynamodb = await startCountingDynamoDb();
  system = await startTestSystem({ dynamodbEndpoint: dynamodb.endpoint });
  [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  (await join(system, 'carol')).socket.close();
  conversationId = await openDirect(alice, 'bob');
  await alice.call('send', { conversationId, content: text('warm up') });
});
afterAll(async () => {
  await system?.close();
  await dynamodb?.close();
});

const writes = ['PutItem', 'UpdateItem', 'DeleteItem'];
const sum = (calls: readonly Call[]) => calls.reduce((total, { units }) => total + units, 0);

async function costOf(action: () => Promise<unknown>) {
  dynamodb.take();
  await action();
  const taken = dynamodb.take();
  // Of one execution environment at most one a second, and none for a message in a conversation that goes on.
  const isOfRetention = ({ table }: Call) => table === system.tableNames['PRIVACY_TABLE'];
  const calls = taken.filter((call) => !isOfRetention(call));
  return {
    retentionReads: taken.filter(isOfRetention).map(({ operation }) => operation),
    operations: calls.map(({ operation }) => operation).sort(),
    writeUnits: sum(calls.filter(({ operation }) => writes.includes(operation))),
    readUnits: sum(calls.filter(({ operation }) => !writes.includes(operation))),
  };
}

async function sendOne(words: string) {
  const cost = await costOf(async () => alice.call('send', { conversationId, content: text(words) }));
  await bob.until((pushes) => pushes.at(-1)?.message.content.text === words);
  return cost;
}

/** Connections of other people, written as `$connect` writes them. */
async function otherConnections(count: number): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: dynamodb.endpoint,
    region: system.region,
    credentials: system.credentials,
  });
  const db = DynamoDBDocumentClient.from(client);
  const later = Math.floor(Date.now() / 1000) + 3_600;
  for (let from = 0; from < count; from += 25) {
    const requests = Array.from({ length: Math.min(25, count - from) }, (_, index) => ({
      PutRequest: {
        Item: {
          userId: `other-${from + index}`,
          connections: new Set([`L0SM9cOFvHc${from + index}= ${Date.now()} ${later} mark`]),
          expiresAt: later,
          expiryIndex: 'connection',
          nextExpiry: later,
        },
      },
    }));
    await db.send(
      new BatchWriteCommand({ RequestItems: { [system.tableNames['CONNECTION_TABLE'] ?? '']: requests } }),
    );
  }
  client.destroy();
}

const budget = {
  operations: ['BatchGetItem', 'PutItem', 'PutItem', 'Query', 'UpdateItem'],
  retentionReads: [],
  writeUnits: 3,
  /** One of them is the sender's consent, read in one call with the sockets, beside the claim and the conversation. */
  readUnits: 3,
};

test.each([10, 5_000])(
  'with %i other open connections: 4 calls before the posts, 3 WCU, 3 RCU',
  async (others) => {
    await otherConnections(others);
    expect(await sendOne(`among ${others} ${'x'.repeat(700)}`)).toMatchObject(budget);
  },
);

test('the number is made known beside the posts: nobody waits for the fifth call', async () => {
  const release = dynamodb.hold('UpdateItem');
  const acked = alice.call('send', { conversationId, content: text('ahead') });
  await bob.until((pushes) => pushes.at(-1)?.message.content.text === 'ahead');
  release();
  expect(await acked).toMatchObject({ type: 'ack' });
});

test('the first message of a conversation has its sender and its members’ sockets looked up, tells the sweeper of it and keeps three rows, which no later one does', async () => {
  const fresh = { conversationId: await openDirect(alice, 'carol'), content: text('first') };
  const first = await costOf(async () => alice.call('send', fresh));
  const kept = ['UpdateItem', 'UpdateItem', 'UpdateItem'];
  // Carol is not connected, so that her consent is asked for with each.
  const asked = 'Query';
  const looked = ['BatchGetItem', 'GetItem', asked];
  expect(first.operations).toEqual([...budget.operations, ...kept, ...looked, 'UpdateItem'].toSorted());
  expect([[], ['GetItem']]).toContainEqual(first.retentionReads);
  const second = await costOf(async () => alice.call('send', fresh));
  const operations = [...budget.operations, asked].toSorted();
  expect(second).toMatchObject({ operations, retentionReads: [], writeUnits: 3, readUnits: 4 });
});

test('the first answer has its sender’s consent looked up in the ledger, and says on the row that they take part, which no later one does', async () => {
  const fresh = { conversationId: await openDirect(alice, 'bob'), content: text('an answer') };
  const first = await costOf(async () => bob.call('send', fresh));
  const looked = ['GetItem', 'Query'];
  expect(first.operations).toEqual([...budget.operations, ...looked, 'UpdateItem'].toSorted());
  const second = await costOf(async () => bob.call('send', fresh));
  expect(second).toMatchObject(budget);
});

test('a repeat costs no second message, and a repeat of the repeat one write', async () => {
  const frame = { id: 'repeat', conversationId, content: text('repeat') };
  await alice.call('send', frame);
  const first = await costOf(async () => alice.call('send', frame));
  expect(first.operations).toEqual(['BatchGetItem', 'PutItem', 'Query', 'Query', 'UpdateItem']);
  const second = await costOf(async () => alice.call('send', frame));
  expect(second.operations).toEqual(['BatchGetItem', 'PutItem', 'Query']);
});

test('the consent is looked up beside the claim and the conversation: two round trips before the ack', async () => {
  const releases = ['BatchGetItem', 'Query', 'PutItem'].map((each) => dynamodb.hold(each));
  const acked = alice.call('send', { conversationId, content: text('beside') });
  await dynamodb.waiting(3);
  for (const release of releases) release();
  expect(await acked).toMatchObject({ type: 'ack' });
});

test('a connect writes once and a ping touches no table', async () => {
  expect((await costOf(async () => alice.call('ping'))).operations).toEqual([]);
});

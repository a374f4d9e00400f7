import { awsJsonClient } from '../../infra/local/aws/aws-json-client.ts';
import { sweepExpired } from '../../infra/local/dynamodb/sweep-expired.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { type SystemTables, systemTables } from '../support/system-tables.ts';

const day = 86_400;

let system: LocalSystem;
let tables: SystemTables;
let alice: Person;
let bob: Person;
beforeAll(async () => {
  system = await startTestSystem();
  tables = systemTables(system);
  [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
});
afterAll(async () => {
  tables?.close();
  await system?.close();
});

/** DynamoDB's deletion so long from now, by the attribute that the template names. */
async function timeToLiveAfter(seconds: number): Promise<void> {
  const { dynamodbEndpoint: endpoint, region, credentials, tableNames } = system;
  const client = { endpoint, region, credentials, service: 'dynamodb', targetPrefix: 'DynamoDB_20120810' };
  const call = awsJsonClient(client);
  const TableName = tableNames['CONVERSATION_TABLE'] ?? '';
  const told = (await call('DescribeTimeToLive', { TableName })) as {
    TimeToLiveDescription: { AttributeName: string };
  };
  const table = {
    ...{ tableName: TableName, attributeTypes: {}, indexes: [] },
    keys: [
      { name: 'conversationId', keyType: 'HASH' as const },
      { name: 'entry', keyType: 'RANGE' as const },
    ],
    ttlAttribute: told.TimeToLiveDescription.AttributeName,
  };
  await sweepExpired(call, [table], Math.floor(Date.now() / 1000) + seconds);
}

const rowsOf = async (conversationId: string) =>
  (await tables.all('CONVERSATION_TABLE'))
    .filter((row) => row['conversationId'] === conversationId)
    .map(({ entry }) => entry)
    .toSorted();

test('groups of 99 strangers, one after the other, leave nothing but who is waited for after a day, and no row after a week', async () => {
  const strangers = (group: number) => Array.from({ length: 99 }, (_, index) => `stranger-${group}-${index}`);
  for (let group = 0; group < 9; group += 1)
    expect(await alice.call('open', { kind: 'group', members: strangers(group) })).toMatchObject({
      type: 'ack',
    });
  await timeToLiveAfter(day - 60);
  expect((await alice.call('hello')).conversations).toHaveLength(9);
  await timeToLiveAfter(day + 2 * 60);
  expect((await alice.call('hello')).conversations).toEqual([]);
  const left = (await tables.all('CONVERSATION_TABLE')).map(({ entry }) => String(entry).split('#')[0]);
  expect(new Set(left)).toEqual(new Set(['secret', 'waiting']));
  await timeToLiveAfter(7 * day + 2 * 60);
  const rows = await tables.all('CONVERSATION_TABLE');
  expect(rows.map(({ entry }) => entry)).toEqual(['secret']);
});

test('where somebody has written, those who have come stay, and strangers go a week after the last message', async () => {
  const consenting = ['nobody', 'stranger'].map(async (name) => (await join(system, name)).socket.close());
  await Promise.all(consenting);
  const pair = await openDirect(alice, 'nobody');
  const { conversationId } = await alice.call('open', { kind: 'group', members: ['bob', 'stranger'] });
  const empty = await openDirect(alice, 'bob');
  for (const id of [pair, conversationId])
    expect(await alice.call('send', { conversationId: id, content: text('hello') })).toMatchObject({
      seq: 1,
    });
  await bob.call('hello');
  await timeToLiveAfter(day + 2 * 60);
  expect(await rowsOf(empty)).toEqual([]);
  expect(await bob.call('history', { conversationId: empty })).toMatchObject({
    error: { code: 'NOT_FOUND' },
  });
  expect(await rowsOf(conversationId)).toEqual(['head', 'member#alice', 'member#bob', 'member#stranger']);
  await timeToLiveAfter(9 * day);
  expect(await rowsOf(conversationId)).toEqual(['head', 'member#alice', 'member#bob']);
  expect(await rowsOf(pair)).toEqual(['head', 'member#alice', 'member#nobody']);
  expect(await bob.call('history', { conversationId })).toMatchObject({ messages: [{ seq: 1 }] });
  // Opened anew it is what it was: the same id, from the first number on.
  expect(await openDirect(bob, 'alice')).toBe(empty);
  expect(await bob.call('send', { conversationId: empty, content: text('hello') })).toMatchObject({ seq: 1 });
});

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { LocalSystem } from '../../infra/local/local-system.ts';
import { join, openDirect, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
let db: DynamoDBDocumentClient;
let alice: Person;
let bob: Person;
let withBob: string;
let withCarol: string;
const logs: string[] = [];
const user = { kind: 'user', userId: 'alice' };

beforeAll(async () => {
  system = await startTestSystem({ onLog: (name, line) => void logs.push(`${name} ${line}`) });
  const { dynamodbEndpoint: endpoint, region, credentials } = system;
  db = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
  [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  withBob = await openDirect(alice, 'bob');
  withCarol = await openDirect(bob, 'carol');
  await alice.call('send', { conversationId: withBob, content: text('one') });
  await bob.call('send', { conversationId: withBob, content: text('two') });
  await bob.call('send', { conversationId: withCarol, content: text('three') });
  for (const [person, nickname] of [
    [alice, 'Alice'],
    [bob, 'Bob'],
  ] as const)
    await person.call('profile', { set: { nickname } });
});
afterAll(async () => {
  db?.destroy();
  await system?.close();
});

type Item = Record<string, any>;
const table = (name: string) => system.tableNames[name] ?? '';

async function admin(command: 'hold' | 'release', target: object): Promise<any> {
  const result: any = await system.invoke(`admin-${command}`, { operator: 'olga', input: target });
  return result.payload.result ?? result.payload;
}

async function get(name: string, Key: object): Promise<Item | undefined> {
  return (await db.send(new GetCommand({ TableName: table(name), Key: { ...Key }, ConsistentRead: true })))
    .Item;
}

async function change(name: string, Key: object, values: Readonly<Record<string, unknown>>): Promise<void> {
  const names = Object.keys(values);
  await db.send(
    new UpdateCommand({
      TableName: table(name),
      Key: { ...Key },
      UpdateExpression: `SET ${names.map((each) => `#${each} = :${each}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((each) => [`#${each}`, each])),
      ExpressionAttributeValues: Object.fromEntries(names.map((each) => [`:${each}`, values[each]])),
    }),
  );
}

const message = async (conversationId: string, seq: number) => get('MESSAGE_TABLE', { conversationId, seq });
const profile = async (userId: string) => get('PROFILE_TABLE', { userId });
const head = async (conversationId: string) => get('CONVERSATION_TABLE', { conversationId, entry: 'head' });
const holdItem = (target: Item) => ({
  record: 'holds',
  at: `${target['kind']}#${target['userId'] ?? target['conversationId']}`,
});

/** What the queue does by itself, at once; `looks` of the two that a hold takes. */
async function follow(target: Item, looks: 1 | 2): Promise<void> {
  for (;;) {
    const hold = await get('PRIVACY_TABLE', holdItem(target));
    const round = hold?.['walk']?.round;
    if (round === undefined || round > looks) return;
    // Time passes until the second look.
    if (round === 2) await change('PRIVACY_TABLE', holdItem(target), { walk: { round: 2, notBefore: 0 } });
    await system.invoke('apply-holds', { Records: [{ body: JSON.stringify(target) }] });
  }
}

/** Time passes for everything: it was sent, or set, a week and an hour ago. */
async function ageAll(): Promise<void> {
  const end = Math.floor(Date.now() / 1000) - 3_600;
  const begin = (end - 604_800) * 1000;
  const marked = (item: Item) => (item['heldExpiresAt'] === undefined ? 'expiresAt' : 'heldExpiresAt');
  for (const item of await all('MESSAGE_TABLE')) {
    const { conversationId, seq } = item;
    await change('MESSAGE_TABLE', { conversationId, seq }, { sentAt: begin, [marked(item)]: end });
  }
  for (const item of await all('PROFILE_TABLE'))
    await change('PROFILE_TABLE', { userId: item['userId'] }, { updatedAt: begin, [marked(item)]: end });
  for (const item of await all('CONVERSATION_TABLE')) {
    if (item['purgeShard'] === undefined) continue;
    const { conversationId, entry } = item;
    await change('CONVERSATION_TABLE', { conversationId, entry }, { nextPurgeAt: end, purgeFrom: begin });
  }
}

/** Two runs and the time between them, and DynamoDB's own deletion. */
async function deleteAll(): Promise<void> {
  for (let run = 0; run < 3; run += 1) {
    const earlier = Math.floor(Date.now() / 1000) - 100;
    for (const { conversationId, entry, ...rest } of await all('CONVERSATION_TABLE')) {
      if (entry !== 'head') continue;
      await change(
        'CONVERSATION_TABLE',
        { conversationId, entry },
        {
          settledAt: earlier,
          ...(rest['drainingSince'] !== undefined && { drainingSince: earlier }),
          ...(rest['nextPurgeAt'] !== undefined && { nextPurgeAt: Math.min(rest['nextPurgeAt'], earlier) }),
        },
      );
    }
    expect(await system.schedules.fire('purge')).toMatchObject({ ok: true });
  }
  await system.sweepExpired();
}

async function all(name: string): Promise<Item[]> {
  return (await db.send(new ScanCommand({ TableName: table(name), ConsistentRead: true }))).Items ?? [];
}

async function lastRun(): Promise<Item | undefined> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: table('PRIVACY_TABLE'),
      KeyConditionExpression: '#record = :purge',
      ExpressionAttributeNames: { '#record': 'record' },
      ExpressionAttributeValues: { ':purge': 'purge' },
    }),
  );
  return Items.at(-1);
}

const timeless = { heldExpiresAt: expect.any(Number), expiresAt: undefined };
const ending = { expiresAt: expect.any(Number), heldExpiresAt: undefined };
const stateOf = (item: Item | undefined) => ({
  expiresAt: item?.['expiresAt'],
  heldExpiresAt: item?.['heldExpiresAt'],
});

test('a hold on a user counts at once and takes the time to live off what is theirs, and off nothing else', async () => {
  const first = await admin('hold', user);
  expect(first).toMatchObject({
    target: user,
    state: 'held',
    keeps: ['messages', 'profile'],
    moved: 0,
    remaining: 'walk',
  });
  await follow(user, 1);
  expect(stateOf(await message(withBob, 1))).toEqual(timeless);
  expect(stateOf(await profile('alice'))).toEqual(timeless);
  expect(stateOf(await message(withBob, 2))).toEqual(ending);
  expect(stateOf(await message(withCarol, 1))).toEqual(ending);
  expect(stateOf(await profile('bob'))).toEqual(ending);
  const moved = expect.any(Number);
  expect(await admin('hold', user)).toEqual({ ...first, moved, remaining: 'second look' });
  await follow(user, 2);
  expect(await admin('hold', user)).toEqual({ ...first, moved, remaining: 'nothing' });
});

test('each call leaves an audit line', () => {
  const line = logs.find((each) => each.startsWith('admin-hold') && each.includes('audit')) ?? '';
  expect(JSON.parse(line.slice(line.indexOf('{')).split('\n')[0] ?? '')).toMatchObject({
    command: 'hold',
    operator: 'olga',
    subject: 'user#alice',
    code: 'OK',
  });
});

test('what is sent, set and opened during the hold is stored as held, and nobody sees a difference', async () => {
  const ack = await alice.call('send', { conversationId: withBob, content: text('four') });
  expect(ack.expiresAt).toBe(Math.floor(ack.sentAt / 1000) + 604_800);
  expect(await bob.call('send', { conversationId: withBob, content: text('five') })).toMatchObject({
    seq: 4,
  });
  expect(stateOf(await message(withBob, 3))).toEqual(timeless);
  expect(stateOf(await message(withBob, 4))).toEqual(ending);
  const history = await wholeHistory(bob, withBob);
  expect(history.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  for (const each of history) expect(each).toMatchObject({ expiresAt: expect.any(Number) });
  expect(JSON.stringify([history, bob.pushes, await alice.call('hello')])).not.toMatch(/held/i);

  const withDora = await openDirect(alice, 'dora');
  await alice.call('send', { conversationId: withDora, content: text('six') });
  expect(stateOf(await message(withDora, 1))).toEqual(timeless);

  const { profiles } = await alice.call('profile', { set: { signature: 'changed' } });
  expect(profiles[0]).toMatchObject({ signature: 'changed', expiresAt: expect.any(Number) });
  expect(stateOf(await profile('alice'))).toEqual(timeless);
});

test('a hold on a conversation that is not there is refused', async () => {
  const conversationId = `d-${'x'.repeat(32)}`;
  expect(await admin('hold', { kind: 'conversation', conversationId })).toMatchObject({
    error: { code: 'NOT_FOUND' },
  });
  expect(await admin('release', { kind: 'conversation', conversationId })).toMatchObject({ state: 'none' });
});

test('a hold on a conversation keeps what everybody writes in it, and takes it out of the index of the sweeper', async () => {
  const target = { kind: 'conversation', conversationId: withCarol };
  expect(await admin('hold', target)).toMatchObject({ state: 'held', keeps: ['messages'] });
  await follow(target, 2);
  expect(stateOf(await message(withCarol, 1))).toEqual(timeless);
  expect(await head(withCarol)).not.toHaveProperty('purgeShard');
  await bob.call('send', { conversationId: withCarol, content: text('seven') });
  expect(stateOf(await message(withCarol, 2))).toEqual(timeless);
  expect(await head(withCarol)).not.toHaveProperty('purgeShard');
});

test('when all has expired nobody reads any of it, the held stays and the rest goes', async () => {
  await ageAll();
  expect(await wholeHistory(bob, withBob)).toEqual([]);
  expect((await alice.call('profile', { get: ['alice'] })).profiles).toEqual([{ userId: 'alice' }]);
  await deleteAll();
  const left = (await all('MESSAGE_TABLE')).map(({ from, content }) => `${from}: ${content.text}`);
  expect(left.toSorted()).toEqual(['alice: four', 'alice: one', 'alice: six', 'bob: seven', 'bob: three']);
  expect((await all('PROFILE_TABLE')).map(({ userId }) => userId)).toEqual(['alice']);
  expect(await wholeHistory(bob, withBob)).toEqual([]);
  expect(await wholeHistory(bob, withCarol)).toEqual([]);
  expect(await lastRun()).toMatchObject({ failures: 0, complete: true, oldestExpiredItemAge: 0 });
});

test('released, it goes within the bound, counted as late from the release on', async () => {
  const targets = [user, { kind: 'conversation', conversationId: withCarol }];
  for (const target of targets) {
    expect(await admin('release', target)).toMatchObject({ state: 'releasing', remaining: 'walk' });
    await follow(target, 1);
  }
  expect(stateOf(await message(withBob, 1))).toEqual(ending);
  expect(await head(withCarol)).toMatchObject({ purgeShard: expect.any(String) });
  expect(await system.schedules.fire('purge')).toMatchObject({ ok: true });
  expect((await lastRun())?.['oldestExpiredItemAge']).toBeLessThan(600);
  await deleteAll();
  expect(await all('MESSAGE_TABLE')).toEqual([]);
  expect(await all('PROFILE_TABLE')).toEqual([]);
  for (const target of targets) {
    await follow(target, 2);
    expect(await admin('release', target)).toMatchObject({ state: 'none', since: null });
  }
  expect(JSON.stringify(await all('CONVERSATION_TABLE'))).not.toContain('"held"');
  await alice.call('send', { conversationId: withBob, content: text('eight') });
  expect(stateOf(await message(withBob, 5))).toEqual(ending);
});

test('work whose queue message was lost is taken up by the schedule', async () => {
  await change('PRIVACY_TABLE', holdItem(user), {
    target: user,
    state: 'held',
    since: Date.now(),
    revision: 1,
    moved: 0,
    walk: { round: 1, notBefore: 0 },
  });
  expect(await system.schedules.fire('apply-holds')).toMatchObject({ ok: true });
  await expect(system.invoke('apply-holds', {})).resolves.toMatchObject({ ok: true });
  await follow(user, 1);
  expect(stateOf(await message(withBob, 5))).toEqual(timeless);
});

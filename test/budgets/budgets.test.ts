import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join as pathOf } from 'node:path';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, grant, join, openDirect, type Person, text } from '../support/chat-person.ts';
import { type Call, type CountingDynamoDb, startCountingDynamoDb } from '../support/counting-dynamodb.ts';
import { idleQueues } from '../support/idle-queues.ts';
import { startTestSystem } from '../support/local-system.ts';
import { sendFile } from '../support/media-exchange.ts';
import { type SystemTables, systemTables } from '../support/system-tables.ts';

/** What an action of somebody costs, in functions that have served the same people a moment ago. */
type Budget = {
  readonly calls: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Frames pushed to others. */
  readonly posts: number;
  /** Of the reply and of all pushes, at most. */
  readonly bytes: number;
};

const file = pathOf(import.meta.dirname, 'budgets.json');
const budgets: Record<string, Budget> = JSON.parse(readFileSync(file, 'utf8'));
/** `BUDGETS=write npm test -- test/budgets` writes what was counted. */
const isWriting = process.env['BUDGETS'] === 'write';
const counted: Record<string, Budget> = {};

let dynamodb: CountingDynamoDb;
let system: LocalSystem;
let tables: SystemTables;
let alice: Person;
let bob: Person;
let carol: Person;
let direct: string;

beforeAll(async () => {
  dynamodb = await startCountingDynamoDb();
  system = await startTestSystem({ dynamodbEndpoint: dynamodb.endpoint });
  tables = systemTables(system);
  alice = await join(system, 'alice');
  bob = await join(system, 'bob');
  carol = await join(system, 'carol');
  direct = await openDirect(alice, 'bob');
  await alice.call('send', { conversationId: direct, content });
  await bob.call('send', { conversationId: direct, content });
});
afterAll(async () => {
  if (isWriting) writeFileSync(file, `${JSON.stringify(counted, undefined, 2)}\n`);
  tables?.close();
  await system?.close();
  await dynamodb?.close();
});

const content = text('x'.repeat(256));
const isWrite = ({ operation }: Call) => /^(?:Put|Update|Delete|BatchWrite|TransactWrite)/.test(operation);
const sum = (calls: readonly Call[]) => calls.reduce((total, { units }) => total + units, 0);
const bytesOf = (frames: readonly unknown[]) =>
  frames.reduce((total: number, frame) => total + Buffer.byteLength(JSON.stringify(frame)), 0);

/** Of an environment now and then, whatever it does: what is lent of the rates, and the retention once a second. */
const isOfEnvironment = ({ table }: Call) =>
  ['RATE_LIMIT_TABLE', 'PRIVACY_TABLE'].some((name) => system.tableNames[name] === table);

/** `posts` so many are waited for; more than those count as well, since the reply comes after all of them. */
async function cost(act: () => Promise<unknown>, posts = 0): Promise<Budget> {
  const others = [bob, carol];
  const before = others.map(({ pushes }) => pushes.length);
  const newOnes = () => others.flatMap(({ pushes }, index) => pushes.slice(before[index]));
  // What was put off until after the act before, as the marks of a large group, is not of this one.
  await idleQueues(system);
  dynamodb.take();
  const reply = await act();
  const calls = dynamodb.take().filter((call) => !isOfEnvironment(call));
  await Promise.race(others.map(async (each) => each.until(() => newOnes().length >= posts)));
  return {
    calls: calls.length,
    readUnits: sum(calls.filter((call) => !isWrite(call))),
    writeUnits: sum(calls.filter(isWrite)),
    posts: newOnes().length,
    bytes: bytesOf([...newOnes(), ...(reply === undefined ? [] : [reply])]),
  };
}

/** Ends are whole seconds: only what is asked again within the same one keeps nothing for longer. */
async function withinOneSecond(count: () => Promise<Budget>): Promise<Budget> {
  const second = () => Math.floor(Date.now() / 1000);
  for (;;) {
    const before = second();
    const found = await count();
    if (second() === before) return found;
  }
}

function hold(name: string, found: Budget): void {
  // Ids of other lengths come and go: to the next ten.
  const bytes = Math.ceil(found.bytes / 10) * 10;
  counted[name] = { ...found, bytes };
  if (isWriting) return;
  const { bytes: most = 0, ...budget } = budgets[name] ?? {};
  const { bytes: _, ...exact } = found;
  const advice = 'if it is less, write the budgets anew: BUDGETS=write npm test -- test/budgets';
  expect({ name, advice, ...exact }).toEqual({ name, advice, ...budget });
  expect(found.bytes).toBeLessThanOrEqual(most + 10);
}

/** A group with that many members; rows beyond those that `open` takes at once are as it writes them. */
async function group(size: number): Promise<string> {
  const named = Array.from({ length: Math.min(size, 100) - 3 }, (_, index) => `member-${index + 3}`);
  // Who has not agreed is no member.
  const agreed = (await tables.all('CONSENT_TABLE')).find((line) => line['userId'] === 'bob');
  await Promise.all(named.map(async (userId) => tables.put('CONSENT_TABLE', { ...agreed, userId })));
  const { conversationId } = await alice.call('open', { kind: 'group', members: ['bob', 'carol', ...named] });
  for (const person of [bob, carol]) await person.call('history', { conversationId });
  const pattern = await tables.get('CONVERSATION_TABLE', { conversationId, entry: 'member#bob' });
  for (let index = named.length + 3; index < size; index += 1) {
    const userId = `member-${index}`;
    await tables.put('CONVERSATION_TABLE', { ...pattern, userId, entry: `member#${userId}` });
  }
  for (const person of [alice, bob, carol]) await person.call('send', { conversationId, content });
  for (const person of [bob, carol]) await person.call('history', { conversationId });
  return conversationId;
}

test('send: a text to one other person', async () => {
  hold('send 1:1', await cost(async () => alice.call('send', { conversationId: direct, content }), 1));
});

test('a crowd: send, read and typing in a group', async () => {
  const conversationId = await group(3);
  hold('send to 3', await cost(async () => alice.call('send', { conversationId, content }), 2));
  const { seq } = await alice.call('send', { conversationId, content });
  await bob.call('typing', { conversationId });
  hold('typing in a group of 3', await cost(async () => alice.call('typing', { conversationId }), 2));
  await alice.call('read', { conversationId, seq: seq - 1 });
  hold('read in a group of 3', await cost(async () => alice.call('read', { conversationId, seq }), 2));
});

test.each([50, 500])('send to a group of %i, two of whom are connected', async (size) => {
  const conversationId = await group(size);
  hold(`send to ${size}`, await cost(async () => alice.call('send', { conversationId, content }), 2));
});

test('what a person looks at: hello, conversations, members, history, ping, profile', async () => {
  const acts: Readonly<Record<string, readonly [string, object]>> = {
    hello: ['hello', {}],
    conversations: ['conversations', {}],
    members: ['members', { conversationId: direct }],
    'history, a page': ['history', { conversationId: direct }],
    'history, nothing new': ['history', { conversationId: direct, after: 100_000 }],
    ping: ['ping', {}],
    'profile, set': ['profile', { set: { nickname: 'Alice' } }],
    'profile, get': ['profile', { get: ['bob'] }],
  };
  for (const [name, [action, fields]] of Object.entries(acts)) {
    await alice.call(action, fields);
    hold(name, await cost(async () => alice.call(action, fields)));
  }
});

test('a list: at most 60 read units for fifty with nothing unread, 3 more for each with unread, and nothing for those that were silent', async () => {
  const grace = await join(system, 'grace');
  const rooms: string[] = [];
  for (let index = 0; index < 50; index += 1) {
    const { conversationId } = await grace.call('open', { kind: 'group', members: ['bob'] });
    await grace.call('send', { conversationId, content });
    rooms.push(conversationId);
  }
  const once = async () => (await cost(async () => grace.call('hello'))).readUnits;
  // What others have put off, as the tests before, is done in between now and then.
  const read = async () => Math.min(await once(), await once(), await once());
  expect((await grace.call('hello')).conversations).toHaveLength(50);
  // Their own messages are looked through once, and are nothing to read.
  for (const conversationId of rooms) await grace.call('read', { conversationId, seq: 1 });
  const atRest = await read();
  expect(atRest).toBeLessThanOrEqual(60);

  // Each may have a title, which is half a unit more.
  for (const conversationId of rooms) {
    const titled = await tables.get('CONVERSATION_TABLE', { conversationId, entry: 'head' });
    await tables.put('CONVERSATION_TABLE', { ...titled, titled: true });
    const title = { title: 'Those of fifty', by: 'bob', updatedAt: Date.now(), expiresAt: 4e9, endsAt: 4e9 };
    await tables.put('PROFILE_TABLE', { userId: `#${conversationId}`, ...title });
  }
  expect((await grace.call('hello')).conversations).toMatchObject(
    rooms.map(() => ({ title: 'Those of fifty' })),
  );
  expect(await read()).toBeLessThanOrEqual(atRest + 25);
  for (const conversationId of rooms) await tables.remove('PROFILE_TABLE', { userId: `#${conversationId}` });
  for (const conversationId of rooms) {
    const titled = await tables.get('CONVERSATION_TABLE', { conversationId, entry: 'head' });
    await tables.put('CONVERSATION_TABLE', { ...titled, titled: false });
  }

  // As they are once nothing has been written there for days.
  const [pattern = ''] = rooms;
  const head = await tables.get('CONVERSATION_TABLE', { conversationId: pattern, entry: 'head' });
  const member = await tables.get('CONVERSATION_TABLE', { conversationId: pattern, entry: 'member#grace' });
  const dayBefore = new Date(Date.now() - 4 * 86_400_000).toISOString().slice(0, 10);
  for (let index = 0; index < 100; index += 1) {
    const conversationId = `g-silent-${index}`;
    const at = Date.now() - 4 * 86_400_000;
    await tables.put('CONVERSATION_TABLE', { ...head, conversationId, recentOn: dayBefore, lastSentAt: at });
    await tables.put('CONVERSATION_TABLE', { ...member, conversationId });
    const entry = `recent#${dayBefore}#${conversationId}`;
    await tables.put('PERSONAL_TABLE', { userId: 'grace', entry, at, expiresAt: 4e9 });
  }
  expect(await read()).toBeLessThanOrEqual(atRest + 1);

  const few = rooms.slice(0, 1);
  for (const conversationId of few)
    for (let index = 0; index < 110; index += 1)
      await bob.call('send', { conversationId, content: text('short') });
  const withUnread = await grace.call('hello');
  expect(withUnread.conversations.slice(0, 1)).toMatchObject(
    few.toReversed().map((conversationId) => ({ conversationId, unread: 101, unreadMore: true })),
  );
  expect((await read()) - atRest).toBeLessThanOrEqual(3 * few.length);
});

test('a pin, the same once more, and what is pinned', async () => {
  const { seq } = await alice.call('send', { conversationId: direct, content: text('pinned') });
  const fields = { conversationId: direct, seq, on: true };
  hold('pin 1:1', await cost(async () => alice.call('pin', fields)));
  hold('pin 1:1, as it is', await cost(async () => alice.call('pin', fields)));
  const looking = { conversationId: direct, pinned: true };
  hold('history, what is pinned', await cost(async () => alice.call('history', looking)));
  await alice.call('pin', { ...fields, on: false });
});

test('a reaction, and the same once more', async () => {
  const { seq } = await alice.call('send', { conversationId: direct, content });
  const fields = { conversationId: direct, seq, emoji: '👍', on: true };
  await alice.call('react', { ...fields, emoji: '🎉' });
  hold('react 1:1', await cost(async () => alice.call('react', fields)));
  hold('react 1:1, as it is', await cost(async () => alice.call('react', fields)));
  hold('history, with a reaction', await cost(async () => alice.call('history', { conversationId: direct })));
});

test('what changes a message: an edit, a recall; what is missed of it, and a search', async () => {
  const { seq } = await alice.call('send', { conversationId: direct, content });
  const said = { conversationId: direct, seq };
  const { rev } = await alice.call('edit', { ...said, content: text('y'.repeat(256)) });
  hold('edit 1:1', await cost(async () => alice.call('edit', { ...said, content }), 1));
  hold('recall 1:1', await cost(async () => alice.call('recall', said), 1));
  const missed = { conversationId: direct, changedAfter: rev };
  hold('history, two changes', await cost(async () => bob.call('history', missed)));
  hold(
    'search, a short chat',
    await cost(async () => bob.call('search', { conversationId: direct, text: 'xx' })),
  );
});

test('media that is forwarded, and what is shown of it', async () => {
  const [other, bytes] = [await openDirect(alice, 'carol'), new Uint8Array(500)];
  const { seq } = await sendFile(alice, direct, { kind: 'file', contentType: 'text/plain', bytes });
  const first = { type: 'forward', conversationId: direct, seq };
  await alice.call('send', { conversationId: other, content: first });
  const forward = async (from: object) => alice.call('send', { conversationId: other, content: from });
  hold('send: a forward of media', await cost(async () => forward(first), 1));
  const { seq: again } = await forward(first);
  const second = { type: 'forward', conversationId: other, seq: again };
  hold('send: a forward of a forward', await cost(async () => forward(second), 1));
  await carol.call('download', { conversationId: other, seq: again });
  const download = async () => carol.call('download', { conversationId: other, seq: again });
  hold('download: of a forward', { ...(await cost(download)), bytes: 2_500 });
});

test('to begin: open, upload, consent, connect', async () => {
  const upload = {
    ...{ conversationId: direct, kind: 'image', contentType: 'image/png', bytes: 1_000 },
    sha256: createHash('sha256').update('a picture').digest('base64'),
  };
  await alice.call('upload', upload);
  hold('upload', await cost(async () => alice.call('upload', upload)));
  await alice.call('open', { kind: 'direct', members: ['dave'] });
  hold('open 1:1', await cost(async () => alice.call('open', { kind: 'direct', members: ['erin'] })));
  const again = async () => alice.call('open', { kind: 'direct', members: ['erin'] });
  hold('open 1:1, again', await withinOneSecond(async () => again().then(async () => cost(again))));
  const frank = await connect(system, 'frank');
  hold('consent', await cost(async () => frank.call('consent', grant)));
  hold(
    'connect',
    await cost(async () => {
      await connect(system, 'carol');
    }),
  );
});

// The last: twenty seconds after a repeated frame its push is repeated, in whatever is counted then.
test('send: the same again, as a client does that has seen no ack', async () => {
  const frame = { id: 'again', conversationId: direct, content };
  await alice.call('send', frame);
  hold('send, repeated', await cost(async () => alice.call('send', frame)));
  hold('send, repeated again', await cost(async () => alice.call('send', frame)));
});

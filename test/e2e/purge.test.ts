import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { type Item, type SystemTables, systemTables } from '../support/system-tables.ts';

let system: LocalSystem;
let tables: SystemTables;
let alice: Person;
let conversationId: string;
const logs: string[] = [];

beforeAll(async () => {
  system = await startTestSystem({ onLog: (name, line) => void (name === 'purge' && logs.push(line)) });
  tables = systemTables(system);
  alice = await join(system, 'alice');
  (await join(system, 'bob')).socket.close();
  conversationId = await openDirect(alice, 'bob');
  for (const words of ['one', 'two', 'three'])
    await alice.call('send', { conversationId, content: text(words) });
});
afterAll(async () => {
  tables?.close();
  await system?.close();
});

const headKey = () => ({ conversationId, entry: 'head' });

/** Time passes for the first messages: they were sent a week and an hour ago. */
async function age(...seqs: readonly number[]): Promise<void> {
  const expiresAt = Math.floor(Date.now() / 1000) - 3_600;
  const sentAt = (expiresAt - 604_800) * 1000;
  for (const seq of seqs)
    await tables.change('MESSAGE_TABLE', { conversationId, seq }, { sentAt, endsAt: expiresAt });
  await tables.change('CONVERSATION_TABLE', headKey(), { nextPurgeAt: expiresAt, purgeFrom: sentAt });
}

/** Time passes between two runs. */
async function letSettle(): Promise<void> {
  const earlier = Math.floor(Date.now() / 1000) - 100;
  const { drainingSince } = await head();
  await tables.change('CONVERSATION_TABLE', headKey(), {
    settledAt: earlier,
    ...(drainingSince !== undefined && { drainingSince: earlier }),
  });
}

const head = async (): Promise<Item> => (await tables.get('CONVERSATION_TABLE', headKey())) ?? {};

async function sweep(): Promise<void> {
  expect(await system.schedules.fire('purge')).toMatchObject({ ok: true });
}

async function storedSeqs(): Promise<number[]> {
  return (await tables.all('MESSAGE_TABLE')).map(({ seq }) => seq).sort((one, other) => one - other);
}

const runs = async (): Promise<Item[]> => tables.records('purge');

test('nothing that is alive is touched', async () => {
  await sweep();
  expect(await storedSeqs()).toEqual([1, 2, 3]);
  expect((await runs()).at(-1)).toMatchObject({ conversations: 0, messagesDeleted: 0, complete: true });
});

test('what has expired is noted by one run and deleted by the next; the record of its send stays for who repeats it', async () => {
  await age(1, 2);
  await sweep();
  expect(await storedSeqs()).toEqual([1, 2, 3]);
  expect((await runs()).at(-1)?.['oldestExpiredItemAge']).toBeGreaterThanOrEqual(3_600);
  await letSettle();
  await sweep();
  expect(await storedSeqs()).toEqual([3]);
  expect(await tables.all('SEND_TABLE')).toHaveLength(3);
  expect((await wholeHistory(alice, conversationId)).map(({ seq }) => seq)).toEqual([3]);
  expect((await runs()).at(-1)).toMatchObject({
    messagesDeleted: 2,
    failures: 0,
    oldestExpiredItemAge: 0,
  });
});

test('a run is measured in a metric, and neither it nor the record names anybody', async () => {
  const metrics = logs.flatMap((line) => line.split('\n')).filter((line) => line.includes('_aws'));
  expect(metrics.map((line) => JSON.parse(line)).at(-1)).toMatchObject({
    OldestExpiredItemAge: 0,
    PurgedMessages: 2,
    PurgeFailures: 0,
    _aws: { CloudWatchMetrics: [{ Namespace: 'Lapse', Dimensions: [[]] }] },
  });
  const written = logs.join('') + JSON.stringify(await tables.all('PRIVACY_TABLE'));
  for (const secret of ['alice', 'bob', conversationId, 'one', 'three'])
    expect(written).not.toContain(`"${secret}`);
});

test('an emptied conversation leaves the index, and its numbers go on', async () => {
  await age(3);
  await letSettle();
  await sweep();
  expect(await storedSeqs()).toEqual([]);
  await letSettle();
  await sweep();
  expect(await head()).not.toHaveProperty('purgeShard');
  expect(await head()).not.toHaveProperty('nextPurgeAt');
  expect(await alice.call('send', { conversationId, content: text('four') })).toMatchObject({ seq: 4 });
  expect(await head()).toMatchObject({ lastSeq: 4, purgeShard: expect.any(String) });
});

test('a number that a crash left unknown is made known before its message goes', async () => {
  await alice.call('send', { conversationId, content: text('five') });
  await tables.change('CONVERSATION_TABLE', headKey(), { lastSeq: 4 });
  await age(4, 5);
  await letSettle();
  await sweep();
  expect((await head())['lastSeq']).toBe(5);
  expect(await storedSeqs()).toContain(5);
  await letSettle();
  await sweep();
  expect(await storedSeqs()).toEqual([]);
  expect(await alice.call('send', { conversationId, content: text('six') })).toMatchObject({ seq: 6 });
});

test('two runs at once do no harm: one of them leaves', async () => {
  await age(6);
  await letSettle();
  await sweep();
  await letSettle();
  const before = (await runs()).length;
  await Promise.all([sweep(), sweep()]);
  expect(await storedSeqs()).toEqual([]);
  expect((await runs()).length - before).toBeGreaterThanOrEqual(1);
  expect((await tables.all('PRIVACY_TABLE')).filter(({ record }) => record === 'purge-lease')).toEqual([]);
});

import { startDynamoDb } from '../../infra/local/dynamodb/start-dynamodb.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, join, openDirect, text, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { operatorHolds } from '../support/operator-holds.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';
import { systemTables } from '../support/system-tables.ts';

/** Two deployments on the same tables, as they are side by side while one takes the place of the other. */
const region = 'eu-west-1';
let engine: Awaited<ReturnType<typeof startDynamoDb>>;
const systems: LocalSystem[] = [];

async function deploy(retention: string): Promise<LocalSystem> {
  const kept = { store: true, retention };
  const assemblyFolder = await synthesizedAssembly({ messages: kept, profiles: kept });
  const system = await startTestSystem({ assemblyFolder, dynamodbEndpoint: engine.endpoint });
  systems.push(system);
  return system;
}

beforeAll(async () => {
  engine = await startDynamoDb({ region });
});
afterAll(async () => {
  for (const system of systems) await system.close();
  await engine?.close();
});

test('what a shorter retention has ended comes back by none that is longer, before it, beside it or after it', async () => {
  const long = await deploy('1h');
  const [alice, bob] = await Promise.all([join(long, 'alice'), join(long, 'bob')]);
  const conversationId = await openDirect(alice, 'bob');
  for (const words of ['free', 'held']) await alice.call('send', { conversationId, content: text(words) });
  await bob.call('send', { conversationId, content: text('by bob') });
  await alice.call('profile', { set: { nickname: 'Alice' } });
  const tables = systemTables(long);
  const holds = operatorHolds(long, tables);
  const target = { kind: 'user', userId: 'alice' } as const;

  /** Ten minutes pass for all there is so far. */
  const then = Date.now() - 600_000;
  for (const seq of [1, 2, 3])
    await tables.change('MESSAGE_TABLE', { conversationId, seq }, { sentAt: then });
  await tables.change('PROFILE_TABLE', { userId: 'alice' }, { updatedAt: then });
  const seen = async (person: typeof bob) => ({
    messages: (await wholeHistory(person, conversationId)).map(({ seq }) => seq),
    nickname: (await person.call('profile', { get: ['alice'] })).profiles[0].nickname,
    media: (await person.call('download', { conversationId, seq: 2 })).error.code,
  });
  expect(await seen(bob)).toMatchObject({ messages: [1, 2, 3], nickname: 'Alice' });
  await holds.hold(target);
  await holds.follow(target, 2);

  const nothing = { messages: [], nickname: undefined, media: 'NOT_FOUND' };
  const short = await deploy('5s');
  const shortBob = await connect(short, 'bob');
  // The first answer that there is of the new deployment.
  expect(await seen(shortBob)).toEqual(nothing);
  // Of the old one, which is still there, and which asks for an hour.
  expect(await seen(bob)).toEqual(nothing);
  await holds.release(target);
  await holds.follow(target, 2);
  expect(await seen(bob)).toEqual(nothing);

  const back = await deploy('1h');
  const bobBack = await connect(back, 'bob');
  expect(await seen(bobBack)).toEqual(nothing);
  expect(await seen(shortBob)).toEqual(nothing);
  expect(await tables.all('MESSAGE_TABLE')).toHaveLength(3);
  tables.close();
});

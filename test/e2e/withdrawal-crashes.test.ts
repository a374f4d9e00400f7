import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { withdrawConsent } from '../../shared/consent/withdraw-consent.ts';
import { endPushDevices } from '../../shared/notifications/end-push-devices.ts';
import type { Action } from '../../shared/protocol/table.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import type { ConsentEntry } from '../../shared/stores/consents/consent-entry.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { withdrawalStore } from '../../shared/stores/consents/withdrawal-store.ts';
import type { Database } from '../../shared/stores/dynamodb/database.ts';
import { dynamodbClient } from '../../shared/stores/dynamodb/dynamodb-client.ts';
import { connectedStore } from '../../shared/stores/live/connected-store.ts';
import { liveStore } from '../../shared/stores/live/live-store.ts';
import { watchStore } from '../../shared/stores/live/watch-store.ts';
import { pushTokenStore } from '../../shared/stores/personal/push-token-store.ts';
import { epochMillis, systemClock } from '../../shared/time.ts';
import { type AccessWorld, accessRows } from '../support/access-rows.ts';
import { connect, grant, join, openDirect, type Person, text } from '../support/chat-person.ts';
import { type CountingDynamoDb, startCountingDynamoDb } from '../support/counting-dynamodb.ts';
import type { Death } from '../support/dying.ts';
import { startTestSystem } from '../support/local-system.ts';
import type { Step } from '../support/step.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

let dynamodb: CountingDynamoDb;
let system: LocalSystem;
let db: DynamoDBDocumentClient;
let stores: Database;
let management: ApiGatewayManagementApiClient;

beforeAll(async () => {
  dynamodb = await startCountingDynamoDb();
  const busArn = 'arn:aws:events:ap-northeast-2:111122223333:event-bus/chat';
  system = await startTestSystem({
    dynamodbEndpoint: dynamodb.endpoint,
    assemblyFolder: await synthesizedAssembly({ notifications: { busArn, recipient: 'the tests' } }),
  });
  const { dynamodbEndpoint: endpoint, region, credentials, url } = system;
  db = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
  stores = dynamodbClient(
    {},
    {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    },
  );
  management = new ApiGatewayManagementApiClient({
    endpoint: url.replace('ws', 'http'),
    region,
    credentials,
  });
});
afterAll(async () => {
  db?.destroy();
  management?.destroy();
  await system?.close();
  await dynamodb?.close();
});

const table = (name: string) => system.tableNames[name] ?? '';

async function ledgerOf(userId: string): Promise<readonly ConsentEntry['decision'][]> {
  return (await consentStore(stores, table('CONSENT_TABLE')).list(userId)).map(({ decision }) => decision);
}

/** The use case on the real stores and the real gateway, each call of which is a step. */
function withdrawDeps(step: Step): Parameters<typeof withdrawConsent>[0] {
  const stepped: Database = { send: async (command) => step(async () => stores.send(command)) };
  const consents = table('CONSENT_TABLE');
  const connections = table('CONNECTION_TABLE');
  return {
    ledger: consentStore(stepped, consents),
    withdrawals: withdrawalStore(stepped, { consents, connections }),
    connections: connectedStore(
      connectionStore(stepped, connections),
      liveStore(stepped, table('LIVE_TABLE')),
      watchStore(stepped, table('LIVE_TABLE'), systemClock),
    ),
    gateway: {
      push: async (ConnectionId, Data) =>
        step(async () => {
          // The socket has not asked for what the ack answers, and would take it for a fault.
          const { type } = JSON.parse(new TextDecoder().decode(Data));
          if (type !== 'ack') await management.send(new PostToConnectionCommand({ ConnectionId, Data }));
          return 'sent' as const;
        }),
      close: async (ConnectionId) =>
        void (await step(async () => management.send(new DeleteConnectionCommand({ ConnectionId })))),
    },
    endPresence: async () => undefined,
    endPushDevices: async (userId) =>
      endPushDevices({ tokens: pushTokenStore(stepped, { personal: table('PERSONAL_TABLE') }) }, userId),
    log: { info: () => undefined, error: () => undefined },
    policy: { version: grant.policyVersion, digest: 'digest' },
    now: () => epochMillis(Date.now()),
    pause: async () => undefined,
  };
}

/** One invocation that dies at that call: what it has begun ends, and nothing more comes of it. */
function mortal({ at, after }: Death) {
  const dead = Promise.withResolvers<void>();
  let calls = 0;
  const step: Step = async (effect) => {
    calls += 1;
    if (calls < at) return effect();
    if (calls === at && after) await effect();
    dead.resolve();
    return new Promise(() => {});
  };
  return { step, dead: dead.promise };
}

type Alice = { readonly phone: Person; readonly desk: Person; readonly conversationId: string };

async function twoSockets(userId: string): Promise<Alice> {
  const phone = await join(system, userId);
  const desk = await connect(system, userId);
  await phone.call('pushToken', { device: 'phone', platform: 'fcm', token: `token-of-${userId}` });
  const conversationId = await openDirect(phone, `friend-of-${userId}`);
  await phone.call('send', { conversationId, content: text('hello') });
  return { phone, desk, conversationId };
}

async function withdraw({ phone: { userId } }: Alice, step: Step): Promise<void> {
  const [first] = await connectionStore(stores, table('CONNECTION_TABLE')).listByUser(userId);
  if (first === undefined) throw new Error('nobody is connected');
  await withdrawConsent(withdrawDeps(step), userId, { connectionId: first.connectionId, frameId: 'w' });
}

/** What each action answers on that socket, with a frame that names what is there. */
async function answersTo(person: Person, conversationId: string): Promise<ReadonlySet<string>> {
  const ids = {
    filmOf: () => 'film',
    homeOf: () => conversationId,
    seq: 1,
    mediaId: 'media',
    deviceId: 'device',
  };
  const world: AccessWorld = { stored: true, conversationId, ...ids };
  const answers = new Set<string>();
  for (const action of Object.keys(accessRows) as Action[]) {
    const { withoutConsent, cases } = accessRows[action];
    if (withoutConsent) continue;
    const bare = action === 'pushToken' ? { device: 'phone', token: null } : {};
    const frames = cases.length > 0 ? cases.map((each) => each.frames(world, person).there) : [bare];
    for (const frame of frames) {
      // A socket that the withdrawal has closed answers nothing.
      const closed = person.closed.then(() => ({ error: { code: 'closed' } }));
      const { error } = await Promise.race([closed, person.call(action, frame)]);
      answers.add(error?.code ?? `${action} was carried out`);
    }
  }
  return answers;
}

const isRefused = new Set(['CONSENT_REQUIRED', 'closed']);

test('a crash before or after any call: from the line on no action is carried out on any socket, the clock closes them, and it can be asked for again', async () => {
  const counted = await twoSockets('counted');
  let calls = 0;
  await withdraw(counted, async (effect) => {
    calls += 1;
    return effect();
  });
  await Promise.all([counted.phone.closed, counted.desk.closed]);
  expect(calls).toBeGreaterThan(8);

  const deaths = Array.from({ length: 2 * calls }, (_, index) => ({
    at: 1 + (index >> 1),
    after: index % 2 === 1,
  }));
  const crashed = [];
  for (const death of deaths) {
    const alice = await twoSockets(`dies-${death.at}-${death.after}`);
    const { step, dead } = mortal(death);
    await Promise.race([dead, withdraw(alice, step)]);
    const isWithdrawn = (await ledgerOf(alice.phone.userId)).at(-1) === 'withdrawn';
    crashed.push({ ...death, ...alice, isWithdrawn });
  }
  // The one write that decides is among them, and is not all of them.
  expect(new Set(crashed.map(({ isWithdrawn }) => isWithdrawn))).toEqual(new Set([true, false]));

  const withdrawn = crashed.filter((each) => each.isWithdrawn);
  // One after the other: a crowd would have every function started many times.
  for (const { at, after, conversationId, phone, desk } of withdrawn) {
    const devices = await pushTokenStore(stores, { personal: table('PERSONAL_TABLE') }).read(phone.userId);
    expect({ at, after, devices }).toEqual({ at, after, devices: [] });
    for (const person of [phone, desk]) {
      const answers = await answersTo(person, conversationId);
      const carriedOut = [...answers].filter((answer) => !isRefused.has(answer));
      expect({ at, after, carriedOut }).toEqual({ at, after, carriedOut: [] });
    }
  }
  expect(await system.schedules.fire('expire-connections')).toMatchObject({ ok: true });
  // Not waited for: one that stays open is named, by answering.
  const open = withdrawn.flatMap(({ at, after, phone, desk }) =>
    [phone, desk].map(async (person) =>
      Promise.race([person.closed.then(() => []), person.call('ping').then(() => [{ at, after }])]),
    ),
  );
  expect((await Promise.all(open)).flat()).toEqual([]);

  await Promise.all(
    crashed.map(async ({ at, after, phone, desk, isWithdrawn }) => {
      const again = isWithdrawn ? await connect(system, phone.userId) : phone;
      expect(await again.call('consent', { decision: 'withdraw' })).toMatchObject({ state: 'withdrawn' });
      await Promise.all([again.closed, desk.closed]);
      const ledger = await ledgerOf(phone.userId);
      expect({ at, after, ledger }).toEqual({ at, after, ledger: ['granted', 'withdrawn'] });
    }),
  );
  expect(system.gateway.connectionCount()).toBe(0);
});

const many = 10_000;

/** As `open` writes them, and one message long ago in each. */
async function writeConversations(userId: string): Promise<void> {
  const rows = Array.from({ length: many }, (_, index) => {
    const conversationId = `g-${String(index).padStart(32, '0')}`;
    const head = { kind: 'group', createdAt: 1, lastSeq: 1, lastSentAt: 1 };
    return [
      { conversationId, entry: 'head', ...head },
      { conversationId, entry: `member#${userId}`, userId, engaged: true },
    ];
  }).flat();
  const batches = Array.from({ length: Math.ceil(rows.length / 25) }, (_, index) =>
    rows.slice(25 * index, 25 * index + 25).map((Item) => ({ PutRequest: { Item } })),
  ).values();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const batch of batches)
        await db.send(new BatchWriteCommand({ RequestItems: { [table('CONVERSATION_TABLE')]: batch } }));
    }),
  );
}

async function memberRows(userId: string): Promise<number> {
  let count = 0;
  let from: Record<string, unknown> | undefined;
  do {
    const page = await db.send(
      new QueryCommand({
        TableName: table('CONVERSATION_TABLE'),
        IndexName: 'byMember',
        KeyConditionExpression: 'userId = :userId',
        ExpressionAttributeValues: { ':userId': userId },
        Select: 'COUNT',
        ExclusiveStartKey: from,
      }),
    );
    count += page.Count ?? 0;
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return count;
}

test('with 10,000 conversations it is the same calls as with none, and none of them is touched', async () => {
  /** All that the function and the schedule do for it. */
  const callsOf = async (userId: string) => {
    const phone = await join(system, userId);
    const desk = await connect(system, userId);
    dynamodb.take();
    expect(await phone.call('consent', { decision: 'withdraw' })).toMatchObject({ state: 'withdrawn' });
    await Promise.all([phone.closed, desk.closed]);
    return dynamodb
      .take()
      .filter((call) => call.table !== table('RATE_LIMIT_TABLE'))
      .map(({ operation, table: name, units }) => `${operation} ${name} ${units}`);
  };
  const ofNobody = await callsOf('lonely');
  await writeConversations('popular');
  const ofMany = await callsOf('popular');
  const tables = [table('CONSENT_TABLE'), table('CONNECTION_TABLE'), table('LIVE_TABLE')];
  // Her devices are looked for before the line and after it, her settings are asked for, and the time at which she was last there is forgotten: one row of her own each.
  const ownRows = ['DeleteItem', 'GetItem', 'GetItem', 'GetItem'].map(
    (operation) => `${operation} ${table('PERSONAL_TABLE')} 1`,
  );
  const beside = (calls: readonly string[]) =>
    calls.filter((call) => !tables.some((name) => call.includes(name))).toSorted();
  expect(beside(ofMany)).toEqual(ownRows);
  expect(beside(ofNobody)).toEqual(ownRows);
  expect(ofMany.slice(0, 4)).toEqual(ofNobody.slice(0, 4));
  // Two of them look for devices that are notified.
  expect(ofMany.length).toBeLessThan(18);

  expect(await memberRows('popular')).toBe(many);
  const back = await join(system, 'popular');
  expect((await back.call('conversations')).conversations).toHaveLength(50);
  back.socket.close();
  await back.closed;
});

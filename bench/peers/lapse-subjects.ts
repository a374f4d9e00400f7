import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createTables } from '../../infra/local/dynamodb/create-tables.ts';
import type { DynamoDb } from '../../infra/local/dynamodb/start-dynamodb.ts';
import type { SystemModel } from '../../infra/local/model/system-model.ts';
import { readSystem } from '../../infra/local/template/read-system.ts';
import { environmentVariables as names } from '../../shared/runtime/environment.ts';
import { type ExecutionEnvironment, startEnvironment } from './environment.ts';
import { callbackUrl, connectEvent, connectionIdOf, messageEvent, type Opened } from './events.ts';
import type { Certificate, Stub } from './stub.ts';

export type World = {
  readonly dynamodb: DynamoDb;
  readonly stub: Stub;
  readonly certificate: Certificate;
  /** Connections that each message is posted to. */
  readonly posts: number;
};

export type Prepared = {
  readonly variables: Readonly<Record<string, string>>;
  event(): object;
};

/** As many as `open` takes at once; rows of further members are copies of theirs. */
const mostInvited = 200;
const text = 'x'.repeat(256);

/** What a checkout synthesizes. */
export function assemblyOf(checkout: string): SystemModel {
  execFileSync('npm', ['run', '-s', 'synth'], { cwd: checkout, stdio: 'ignore' });
  return readSystem(join(checkout, 'cdk.out'));
}

export function functionOf({ functions }: SystemModel, name: string) {
  const found = functions.find(({ functionName }) => functionName === name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return { file: join(found.codePath, 'index.mjs'), environment: found.environment };
}

/** People who have agreed, are connected and share one conversation, made by Lapse's own functions. */
export async function prepareLapse(model: SystemModel, world: World): Promise<Prepared> {
  const { dynamodb, stub, certificate, posts } = world;
  await createTables(dynamodb.call, model.tables);
  const { environment: sending } = functionOf(model, 'send');
  const policy = {
    policyVersion: sending[names.policyVersion.name] ?? '',
    policyDigest: sending[names.policyDigest.name] ?? '',
  };
  const known = {
    // One person sends here what hundreds would.
    [names.limits.name]: JSON.stringify({
      ...JSON.parse(sending[names.limits.name] ?? '{}'),
      ...{ messagesPerSecond: 1e6, messagesBurst: 1e6, groupMembers: 256 },
    }),
    [names.callbackUrl.name]: callbackUrl,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
  };
  const start = async (name: string): Promise<ExecutionEnvironment> => {
    const { file, environment } = functionOf(model, name);
    return startEnvironment({ file, variables: { ...environment, ...known }, stub, certificate });
  };
  const tokenExpiresAt = String(Math.floor(Date.now() / 1_000) + 7_200);
  const opened = (userId: string, consent = 'granted'): Opened => ({
    connectionId: connectionIdOf(),
    authorizer: { userId, consent, ...policy, tokenExpiresAt },
  });
  const [consent, connect, open] = [await start('consent'), await start('connect'), await start('open')];
  const sender = opened('sender');
  const members = Array.from({ length: posts }, (_, index) => `member-${String(index).padStart(4, '0')}`);
  const grant = { action: 'consent', id: 'c', decision: 'grant', policyVersion: policy.policyVersion };
  const enter = async (person: Opened) => {
    const { userId = '' } = person.authorizer ?? {};
    const words = { ...grant, jurisdiction: 'KR', birthDate: '1990-05-17' };
    await consent.run([messageEvent(opened(userId, 'none'), words)]);
    await connect.run([connectEvent(person)]);
  };
  const invited = members.slice(0, mostInvited - 1);
  for (const person of [sender, ...invited.map((userId) => opened(userId))]) await enter(person);
  const kind = invited.length === 1 ? 'direct' : 'group';
  const { bodies } = await open.run([
    messageEvent(sender, { action: 'open', ...{ id: 'o', kind, members: invited } }),
  ]);
  const { conversationId } = JSON.parse(bodies[0] ?? '{}') as { readonly conversationId: string };
  const others = members.slice(mostInvited - 1);
  await copyMember(world, sending[names.conversationTable.name] ?? '', conversationId, others);
  const liveTable = sending[names.liveTable.name];
  if (liveTable !== undefined) await copyNote(world, liveTable, conversationId, others);
  // After their rows: who connects looks up their large groups.
  for (const userId of others) await enter(opened(userId));
  for (const each of [consent, connect, open]) each.stop();
  let sent = 0;
  return {
    variables: { ...sending, ...known },
    event() {
      sent += 1;
      const frame = { id: `f${process.pid}-${sent}`, conversationId, content: { type: 'text', text } };
      return messageEvent(sender, { action: 'send', ...frame });
    },
  };
}

async function copyMember(
  { dynamodb }: World,
  TableName: string,
  conversationId: string,
  others: readonly string[],
): Promise<void> {
  const { Items } = (await dynamodb.call('Query', {
    TableName,
    KeyConditionExpression: 'conversationId = :id',
    ExpressionAttributeValues: { ':id': { S: conversationId } },
  })) as { readonly Items: readonly Record<string, { readonly S?: string }>[] };
  const pattern = Items.find(({ userId }) => userId?.S === 'member-0000');
  for (const userId of others) {
    const Item = { ...pattern, userId: { S: userId }, entry: { S: `member#${userId}` } };
    await dynamodb.call('PutItem', { TableName, Item });
  }
}

/** By which a connection finds the large groups of its user. */
async function copyNote(
  { dynamodb }: World,
  TableName: string,
  conversationId: string,
  others: readonly string[],
): Promise<void> {
  const Key = { place: { S: 'groups#member-0000' }, entry: { S: conversationId } };
  const { Item: pattern } = (await dynamodb.call('GetItem', { TableName, Key })) as {
    readonly Item?: object;
  };
  if (pattern === undefined) return;
  for (const userId of others)
    await dynamodb.call('PutItem', { TableName, Item: { ...pattern, place: { S: `groups#${userId}` } } });
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { createTables } from '../../infra/local/dynamodb/create-tables.ts';
import { startDynamoDb } from '../../infra/local/dynamodb/start-dynamodb.ts';
import type { LocalTable } from '../../infra/local/model/system-model.ts';
import { Command, type Database } from '../../shared/stores/dynamodb/database.ts';
import { dynamodbClient } from '../../shared/stores/dynamodb/dynamodb-client.ts';

type Index = {
  readonly indexName: string;
  readonly hash: string;
  readonly range: string;
  readonly type?: 'S' | 'N';
  readonly projectionType?: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  readonly nonKeyAttributes?: readonly string[];
};

const indexed = (of: LocalTable, ...indexes: readonly Index[]): LocalTable => ({
  ...of,
  attributeTypes: Object.assign(
    { ...of.attributeTypes },
    ...indexes.map(({ hash, range, type = 'N' }) => ({ [hash]: 'S', [range]: type })),
  ),
  indexes: indexes.map(({ indexName, hash, range, projectionType = 'ALL', nonKeyAttributes = [] }) => ({
    indexName,
    keys: [
      { name: hash, keyType: 'HASH' },
      { name: range, keyType: 'RANGE' },
    ],
    projectionType,
    nonKeyAttributes: [...nonKeyAttributes],
  })),
});

const table = (tableName: string, hash: string, range?: string, type: 'S' | 'N' = 'S'): LocalTable => ({
  tableName,
  attributeTypes: { [hash]: 'S', ...(range !== undefined && { [range]: type }) },
  keys: [
    { name: hash, keyType: 'HASH' },
    ...(range === undefined ? [] : [{ name: range, keyType: 'RANGE' as const }]),
  ],
  indexes: [],
});

const all = {
  privacy: table('privacy', 'record', 'at'),
  changes: table('changes', 'conversationId', 'rev', 'N'),
  messages: table('messages', 'conversationId', 'seq', 'N'),
  conversations: indexed(
    table('conversations', 'conversationId', 'entry'),
    { indexName: 'byNextPurge', hash: 'purgeShard', range: 'nextPurgeAt', projectionType: 'KEYS_ONLY' },
    { indexName: 'byPurgeFrom', hash: 'purgeShard', range: 'purgeFrom', projectionType: 'KEYS_ONLY' },
    {
      indexName: 'byMember',
      hash: 'userId',
      range: 'conversationId',
      type: 'S',
      projectionType: 'KEYS_ONLY',
    },
  ),
  reports: indexed(table('reports', 'reportId', 'entry'), {
    indexName: 'byState',
    hash: 'state',
    range: 'at',
    projectionType: 'INCLUDE',
    nonKeyAttributes: [
      ...['conversationId', 'seq', 'from', 'copyId', 'openedAt', 'endsAt', 'expiresAt'],
      ...['heldExpiresAt', 'reporters', 'spam', 'abuse', 'illegal', 'other', 'decision'],
    ],
  }),
  sends: table('sends', 'userId', 'sendKey'),
  consents: table('consents', 'userId', 'entry', 'N'),
  profiles: indexed(table('profiles', 'userId'), {
    indexName: 'bySweep',
    hash: 'sweepShard',
    range: 'sweepFrom',
  }),
  connections: indexed(table('connections', 'userId'), {
    indexName: 'byExpiry',
    hash: 'expiryIndex',
    range: 'nextExpiry',
  }),
  uploads: indexed(
    table('uploads', 'mediaId'),
    { indexName: 'bySweep', hash: 'sweepIndex', range: 'sweepAt' },
    { indexName: 'byUploader', hash: 'uploader', range: 'createdAt' },
  ),
  handovers: indexed(table('handovers', 'conversationId', 'seq', 'N'), {
    indexName: 'byEnd',
    hash: 'openIndex',
    range: 'until',
  }),
  live: table('live', 'place', 'entry'),
  personal: table('personal', 'userId', 'entry'),
  rateLimits: table('rateLimits', 'userId', 'limit'),
};

/** These tables as the template would say them. */
export const tableModels = (...names: readonly (keyof typeof all)[]): readonly LocalTable[] =>
  names.map((name) => all[name]);

/** An engine of its own with these tables, by the keys that the stack gives them, and the indexes that its stores read. */
export async function storeTables(...names: readonly (keyof typeof all)[]) {
  const dynamodb = await startDynamoDb({ region: 'eu-west-1' });
  await createTables(dynamodb.call, tableModels(...names));
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const stock = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: dynamodb.endpoint, region: 'eu-west-1', credentials }),
  );
  const thin = dynamodbClient(
    {},
    {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
    },
  );
  /** The functions' own client for the stores; for what a test asks by itself, in the SDK's commands, the SDK's. */
  const db = {
    send: async (command: object) =>
      command instanceof Command ? thin.send(command) : stock.send(command as GetCommand),
  } as Database & Pick<DynamoDBDocumentClient, 'send'>;
  return {
    db,
    stock,
    /** To make further tables with. */
    engine: dynamodb.call,
    itemOf: async (TableName: string, Key: Record<string, unknown>) =>
      (await stock.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item,
    async close(): Promise<void> {
      stock.destroy();
      await dynamodb.close();
    },
  };
}

export type StoreTables = Awaited<ReturnType<typeof storeTables>>;

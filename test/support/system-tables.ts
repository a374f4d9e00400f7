import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { succeeds } from '../../shared/stores/dynamodb/conditional-write.ts';

/** Whatever lies in a table: the tests say what it must be. */
export type Item = Record<string, any>;

/** The tables of a running system, by the names that functions have for them. Whoever asks for it closes it. */
export function systemTables({ dynamodbEndpoint: endpoint, region, credentials, tableNames }: LocalSystem) {
  const db = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
  const table = (name: string) => tableNames[name] ?? '';
  return {
    async get(name: string, Key: Item): Promise<Item | undefined> {
      return (await db.send(new GetCommand({ TableName: table(name), Key, ConsistentRead: true }))).Item;
    },

    async all(name: string): Promise<Item[]> {
      return (await db.send(new ScanCommand({ TableName: table(name), ConsistentRead: true }))).Items ?? [];
    },

    async put(name: string, row: Item): Promise<void> {
      await db.send(new PutCommand({ TableName: table(name), Item: row }));
    },

    async remove(name: string, Key: Item): Promise<void> {
      await db.send(new DeleteCommand({ TableName: table(name), Key }));
    },

    /** One kind of record, in the order of its instants. */
    async records(record: string): Promise<Item[]> {
      const { Items = [] } = await db.send(
        new QueryCommand({
          TableName: table('PRIVACY_TABLE'),
          KeyConditionExpression: '#record = :record',
          ExpressionAttributeNames: { '#record': 'record' },
          ExpressionAttributeValues: { ':record': record },
        }),
      );
      return Items;
    },

    /** False when it is not there, or no longer: an update alone would make a row of nothing but these. */
    async change(name: string, Key: Item, values: Readonly<Item>): Promise<boolean> {
      const [keyName = ''] = Object.keys(Key);
      const names = Object.keys(values);
      const update = db.send(
        new UpdateCommand({
          TableName: table(name),
          Key,
          ConditionExpression: 'attribute_exists(#key)',
          UpdateExpression: `SET ${names.map((each) => `#${each} = :${each}`).join(', ')}`,
          ExpressionAttributeNames: {
            '#key': keyName,
            ...Object.fromEntries(names.map((each) => [`#${each}`, each])),
          },
          ExpressionAttributeValues: Object.fromEntries(names.map((each) => [`:${each}`, values[each]])),
        }),
      );
      return succeeds(update);
    },

    close: () => db.destroy(),
  };
}

export type SystemTables = ReturnType<typeof systemTables>;

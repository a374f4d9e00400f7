import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';

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

    async change(name: string, Key: Item, values: Readonly<Item>): Promise<void> {
      const names = Object.keys(values);
      await db.send(
        new UpdateCommand({
          TableName: table(name),
          Key,
          UpdateExpression: `SET ${names.map((each) => `#${each} = :${each}`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(names.map((each) => [`#${each}`, each])),
          ExpressionAttributeValues: Object.fromEntries(names.map((each) => [`:${each}`, values[each]])),
        }),
      );
    },

    close: () => db.destroy(),
  };
}

export type SystemTables = ReturnType<typeof systemTables>;

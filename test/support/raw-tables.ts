import * as z from 'zod';
import { awsJsonClient } from '../../infra/local/aws/aws-json-client.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';

/** An item with its types, as DynamoDB has it. */
export type RawItem = Readonly<Record<string, unknown>>;

export type RawTables = {
  items(tableName: string): Promise<readonly RawItem[]>;
  put(tableName: string, item: RawItem): Promise<void>;
};

const page = z.object({
  Items: z.array(z.record(z.string(), z.unknown())),
  LastEvaluatedKey: z.unknown().optional(),
});

/** The tables without the SDK's conversions, so that a set stays a set and a number its digits. */
export function rawTables({ dynamodbEndpoint: endpoint, region, credentials }: LocalSystem): RawTables {
  const call = awsJsonClient({
    endpoint,
    region,
    credentials,
    service: 'dynamodb',
    targetPrefix: 'DynamoDB_20120810',
  });
  return {
    async items(TableName) {
      const items: RawItem[] = [];
      let ExclusiveStartKey: unknown;
      do {
        const { Items, LastEvaluatedKey } = page.parse(await call('Scan', { TableName, ExclusiveStartKey }));
        items.push(...Items);
        ExclusiveStartKey = LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return items;
    },
    async put(TableName, Item) {
      await call('PutItem', { TableName, Item });
    },
  };
}

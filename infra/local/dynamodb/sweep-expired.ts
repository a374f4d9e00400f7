import * as z from 'zod';
import { type AwsCall, AwsServiceError } from '../aws/aws-json-client.ts';
import type { LocalTable } from '../model/system-model.ts';

const pageShape = z.object({
  Items: z.array(z.record(z.string(), z.unknown())).default([]),
  LastEvaluatedKey: z.record(z.string(), z.unknown()).optional(),
});

/** DynamoDB deletes nothing that ended longer ago. */
const oldestSeconds = 5 * 365 * 86_400;

/** Deletes what has expired, as DynamoDB's time to live does on AWS; the local engines do not. Returns how many items went. */
export async function sweepExpired(
  call: AwsCall,
  tables: readonly LocalTable[],
  nowSeconds: number,
): Promise<number> {
  let deleted = 0;
  for (const table of tables) {
    if (table.ttlAttribute !== undefined)
      deleted += await sweepTable(call, table, table.ttlAttribute, nowSeconds);
  }
  return deleted;
}

const isExpired = '#ttl BETWEEN :oldest AND :now';

async function sweepTable(
  call: AwsCall,
  table: LocalTable,
  ttlAttribute: string,
  nowSeconds: number,
): Promise<number> {
  const expired = {
    TableName: table.tableName,
    ExpressionAttributeNames: { '#ttl': ttlAttribute },
    ExpressionAttributeValues: {
      ':now': { N: String(nowSeconds) },
      ':oldest': { N: String(nowSeconds - oldestSeconds) },
    },
  };
  let deleted = 0;
  let start: Record<string, unknown> | undefined;
  do {
    const scan = { ...expired, FilterExpression: isExpired, ...(start && { ExclusiveStartKey: start }) };
    const page = pageShape.parse(await call('Scan', scan));
    for (const item of page.Items) {
      const Key = Object.fromEntries(table.keys.map(({ name }) => [name, item[name]]));
      deleted += await deleteStillExpired(call, { ...expired, Key });
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return deleted;
}

/** Its owner may have prolonged an item since it was read. */
const deleteStillExpired = async (call: AwsCall, request: object): Promise<number> => {
  try {
    await call('DeleteItem', { ...request, ConditionExpression: isExpired });
    return 1;
  } catch (error) {
    if (error instanceof AwsServiceError && error.name === 'ConditionalCheckFailedException') return 0;
    throw error;
  }
};

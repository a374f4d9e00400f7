import * as z from 'zod';
import { type AwsCall, AwsServiceError } from '../aws/aws-json-client.ts';
import type { KeyAttribute, LocalTable } from '../model/system-model.ts';
import { StartupError } from '../process/startup-error.ts';

const keySchemaOf = (keys: readonly KeyAttribute[]) =>
  keys.map(({ name, keyType }) => ({ AttributeName: name, KeyType: keyType }));

const requestOf = (table: LocalTable): object => ({
  TableName: table.tableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: keySchemaOf(table.keys),
  AttributeDefinitions: Object.entries(table.attributeTypes).map(([AttributeName, AttributeType]) => ({
    AttributeName,
    AttributeType,
  })),
  ...(table.streamViewType !== undefined && {
    StreamSpecification: { StreamEnabled: true, StreamViewType: table.streamViewType },
  }),
  ...(table.indexes.length > 0 && {
    GlobalSecondaryIndexes: table.indexes.map((index) => ({
      IndexName: index.indexName,
      KeySchema: keySchemaOf(index.keys),
      Projection: {
        ProjectionType: index.projectionType,
        ...(index.nonKeyAttributes.length > 0 && { NonKeyAttributes: index.nonKeyAttributes }),
      },
    })),
  }),
});

const describedShape = z.object({
  Table: z.object({
    KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })),
    GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string() })).default([]),
  }),
});

/** Makes what is missing; a table kept from an earlier run must still be the one that the template describes. */
export async function createTables(call: AwsCall, tables: readonly LocalTable[]): Promise<void> {
  for (const table of tables) {
    const created = await create(call, table);
    if (!created) await requireSame(call, table);
    if (!created && table.streamViewType !== undefined)
      await startStream(call, table.tableName, table.streamViewType);
    if (created && table.ttlAttribute !== undefined) {
      const specification = { AttributeName: table.ttlAttribute, Enabled: true };
      await call('UpdateTimeToLive', { TableName: table.tableName, TimeToLiveSpecification: specification });
    }
  }
}

const create = async (call: AwsCall, table: LocalTable): Promise<boolean> => {
  try {
    await call('CreateTable', requestOf(table));
    return true;
  } catch (error) {
    if (error instanceof AwsServiceError && error.name === 'ResourceInUseException') return false;
    throw error;
  }
};

/** Of a table that was kept from a time without one; it refuses what it has already. */
async function startStream(call: AwsCall, TableName: string, StreamViewType: string): Promise<void> {
  try {
    const StreamSpecification = { StreamEnabled: true, StreamViewType };
    await call('UpdateTable', { TableName, StreamSpecification });
  } catch (error) {
    if (error instanceof AwsServiceError && /ValidationException|ResourceInUse/.test(error.name)) return;
    throw error;
  }
}

const shapeOf = (
  keys: readonly { AttributeName: string; KeyType: string }[],
  indexes: readonly string[],
): string =>
  JSON.stringify([
    keys.map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`),
    indexes.toSorted(),
  ]);

async function requireSame(call: AwsCall, table: LocalTable): Promise<void> {
  const { Table } = describedShape.parse(await call('DescribeTable', { TableName: table.tableName }));
  const kept = shapeOf(
    Table.KeySchema,
    Table.GlobalSecondaryIndexes.map((index) => index.IndexName),
  );
  const wanted = shapeOf(
    keySchemaOf(table.keys),
    table.indexes.map((index) => index.indexName),
  );
  if (kept === wanted) return;
  throw new StartupError(
    `table ${table.tableName} was kept from an older version with other keys or indexes: start with another --data folder`,
  );
}

import * as z from 'zod';
import type { LocalTable } from '../model/system-model.ts';
import { flag, ofType, readProperties } from './read-properties.ts';
import type { ResolvedResource } from './resolved-resources.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const indexShape = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.string().default('ALL'),
    NonKeyAttributes: z.array(z.string()).default([]),
  }),
});

const tableShape = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(indexShape).default([]),
  StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string().optional(), Enabled: flag }).optional(),
});

const keysOf = (schema: z.infer<typeof keySchema>) =>
  schema.map(({ AttributeName, KeyType }) => ({ name: AttributeName, keyType: KeyType }));

export function readTables(resources: readonly ResolvedResource[]): readonly LocalTable[] {
  return ofType(resources, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map((resource) => {
    const table = readProperties(resource, tableShape);
    const ttl = table.TimeToLiveSpecification;
    return {
      tableName: resource.ref,
      attributeTypes: Object.fromEntries(
        table.AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]),
      ),
      keys: keysOf(table.KeySchema),
      indexes: table.GlobalSecondaryIndexes.map((index) => ({
        indexName: index.IndexName,
        keys: keysOf(index.KeySchema),
        projectionType: index.Projection.ProjectionType,
        nonKeyAttributes: index.Projection.NonKeyAttributes,
      })),
      ...(table.StreamSpecification !== undefined && {
        streamViewType: table.StreamSpecification.StreamViewType,
      }),
      ...(ttl?.Enabled && ttl.AttributeName !== undefined && { ttlAttribute: ttl.AttributeName }),
    };
  });
}

import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTagsOfResourceCommand,
} from '@aws-sdk/client-dynamodb';
import type { Readers } from './reader.ts';

export const dynamodb: Readers = {
  'AWS::DynamoDB::Table': async ({ dynamodb: client }, { physicalId: TableName }) => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const { TimeToLiveDescription: ttl } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    const { ContinuousBackupsDescription: backups } = await client.send(
      new DescribeContinuousBackupsCommand({ TableName }),
    );
    const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }));
    const recovery = backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
    return {
      KeySchema: Table?.KeySchema,
      AttributeDefinitions: Table?.AttributeDefinitions,
      BillingMode: Table?.BillingModeSummary?.BillingMode,
      DeletionProtectionEnabled: Table?.DeletionProtectionEnabled,
      GlobalSecondaryIndexes: Table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      })),
      LocalSecondaryIndexes: Table?.LocalSecondaryIndexes,
      TimeToLiveSpecification:
        ttl?.TimeToLiveStatus === 'ENABLED' ? { AttributeName: ttl.AttributeName, Enabled: true } : undefined,
      StreamSpecification: Table?.StreamSpecification,
      PointInTimeRecoverySpecification: recovery === 'ENABLED' ? recovery : undefined,
      Tags: Tags?.filter(({ Key }) => Key?.startsWith('aws:') !== true),
    };
  },
};

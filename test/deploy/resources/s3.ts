import {
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Readers } from './reader.ts';

export const s3: Readers = {
  'AWS::S3::Bucket': async ({ s3: client }, { physicalId: Bucket }) => {
    const { ServerSideEncryptionConfiguration } = await client.send(
      new GetBucketEncryptionCommand({ Bucket }),
    );
    const cors = await orNone(client.send(new GetBucketCorsCommand({ Bucket })));
    const lifecycle = await orNone(client.send(new GetBucketLifecycleConfigurationCommand({ Bucket })));
    const { OwnershipControls } = await client.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    const { PublicAccessBlockConfiguration } = await client.send(new GetPublicAccessBlockCommand({ Bucket }));
    const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
    const tagging = await orNone(client.send(new GetBucketTaggingCommand({ Bucket })));
    const replication = await orNone(client.send(new GetBucketReplicationCommand({ Bucket })));
    return {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: ServerSideEncryptionConfiguration?.Rules?.map(
          ({ ApplyServerSideEncryptionByDefault }) => ({
            ServerSideEncryptionByDefault: ApplyServerSideEncryptionByDefault,
          }),
        ),
      },
      CorsConfiguration: cors && {
        CorsRules: cors.CORSRules?.map(({ MaxAgeSeconds, ...rule }) => ({ ...rule, MaxAge: MaxAgeSeconds })),
      },
      LifecycleConfiguration: lifecycle && {
        Rules: lifecycle.Rules?.map(({ Status: status, Expiration, AbortIncompleteMultipartUpload }) => ({
          Status: status,
          ExpirationInDays: Expiration?.Days,
          AbortIncompleteMultipartUpload,
        })),
      },
      OwnershipControls,
      PublicAccessBlockConfiguration,
      VersioningConfiguration: Status,
      ReplicationConfiguration: replication?.ReplicationConfiguration,
      Tags: tagging?.TagSet?.filter(({ Key }) => Key?.startsWith('aws:') !== true),
    };
  },
  'AWS::S3::BucketPolicy': async ({ s3: client }, { properties }) => {
    const Bucket = String(properties['Bucket']);
    const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket }));
    return { Bucket, PolicyDocument: JSON.parse(Policy ?? 'null') };
  },
};

async function orNone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
    throw error;
  }
}

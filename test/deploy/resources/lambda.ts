import { createHash } from 'node:crypto';
import {
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { AwsClients } from '../aws-clients.ts';
import { type Readers, tagList } from './reader.ts';

const asset = z.object({ S3Bucket: z.string(), S3Key: z.string() });

const permissions = z.object({
  Statement: z.array(
    z.object({
      Action: z.string(),
      Resource: z.string(),
      Principal: z.object({ Service: z.string() }),
      Condition: z.object({ ArnLike: z.object({ 'AWS:SourceArn': z.string() }) }).optional(),
    }),
  ),
});

export const lambda: Readers = {
  'AWS::Lambda::Function': async (aws, { physicalId: FunctionName, properties }) => {
    const { Configuration, Tags } = await aws.lambda.send(new GetFunctionCommand({ FunctionName }));
    const { FunctionName: named } = properties;
    return {
      FunctionName: named === undefined ? undefined : Configuration?.FunctionName,
      Architectures: Configuration?.Architectures,
      Runtime: Configuration?.Runtime,
      Handler: Configuration?.Handler,
      MemorySize: Configuration?.MemorySize,
      Timeout: Configuration?.Timeout,
      Role: Configuration?.Role,
      Environment: { Variables: Configuration?.Environment?.Variables },
      LoggingConfig: {
        LogFormat: Configuration?.LoggingConfig?.LogFormat,
        LogGroup: Configuration?.LoggingConfig?.LogGroup,
        SystemLogLevel: Configuration?.LoggingConfig?.SystemLogLevel,
      },
      Code: await codeOf(aws, asset.parse(properties['Code']), Configuration?.CodeSha256),
      Tags: tagList(Tags),
    };
  },
  'AWS::Lambda::Permission': async ({ lambda: client }, { properties }) => {
    const FunctionName = String(properties['FunctionName']);
    const { Policy } = await client.send(new GetPolicyCommand({ FunctionName }));
    const { Statement } = permissions.parse(JSON.parse(Policy ?? ''));
    const granted = Statement.map(({ Action, Resource, Principal, Condition }) => ({
      FunctionName: Resource,
      Action,
      Principal: Principal.Service,
      SourceArn: Condition?.ArnLike['AWS:SourceArn'],
    }));
    // A function may have several; what is compared is the one that lets in what this one names.
    return granted.find(({ SourceArn }) => SourceArn === properties['SourceArn']) ?? {};
  },
  'AWS::Lambda::EventSourceMapping': async ({ lambda: client }, { physicalId: UUID }) => {
    const mapping = await client.send(new GetEventSourceMappingCommand({ UUID }));
    const { Tags } = await client.send(new ListTagsCommand({ Resource: mapping.EventSourceMappingArn }));
    return {
      EventSourceArn: mapping.EventSourceArn,
      FunctionName: mapping.FunctionArn?.split(':').at(-1),
      BatchSize: mapping.BatchSize,
      FunctionResponseTypes: mapping.FunctionResponseTypes?.length
        ? mapping.FunctionResponseTypes
        : undefined,
      Tags: tagList(Tags),
    };
  },
};

/** The asset's address, if the code that was deployed is what lies there. */
async function codeOf({ s3 }: AwsClients, code: z.infer<typeof asset>, deployed: string | undefined) {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: code.S3Bucket, Key: code.S3Key }));
  const uploaded = createHash('sha256')
    .update((await Body?.transformToByteArray()) ?? '')
    .digest('base64');
  return uploaded === deployed ? code : `code ${deployed}, uploaded ${uploaded}`;
}

import * as z from 'zod';
import { textOf } from './references.ts';
import { type Resource, read, type System } from './system.ts';

const key = z.unknown().optional();

const table = z.object({
  SSESpecification: z.object({ SSEEnabled: z.boolean(), KMSMasterKeyId: key }).optional(),
});
const bucket = z.object({
  BucketEncryption: z
    .object({
      ServerSideEncryptionConfiguration: z.array(
        z.object({
          ServerSideEncryptionByDefault: z.object({ SSEAlgorithm: z.string(), KMSMasterKeyID: key }),
        }),
      ),
    })
    .optional(),
});
const queue = z.object({ KmsMasterKeyId: key });
const topic = z.object({ KmsMasterKeyId: key });
const userPool = z.object({ KeyConfiguration: z.object({ KmsKeyArn: key }).optional() });
const eventBus = z.object({ EncryptionConfiguration: z.object({ KmsKeyIdentifier: key }).optional() });
const logGroup = z.object({ KmsKeyId: key });

const keys: Readonly<Record<string, (resource: Resource) => unknown>> = {
  'AWS::DynamoDB::Table': (resource) => read(resource, table).SSESpecification?.KMSMasterKeyId,
  'AWS::S3::Bucket': (resource) =>
    read(resource, bucket).BucketEncryption?.ServerSideEncryptionConfiguration[0]
      ?.ServerSideEncryptionByDefault.KMSMasterKeyID,
  'AWS::Cognito::UserPool': (resource) => read(resource, userPool).KeyConfiguration?.KmsKeyArn,
  'AWS::EventsV2::EventBus': (resource) => read(resource, eventBus).EncryptionConfiguration?.KmsKeyIdentifier,
  'AWS::SQS::Queue': (resource) => read(resource, queue).KmsMasterKeyId,
  'AWS::SNS::Topic': (resource) => read(resource, topic).KmsMasterKeyId,
  'AWS::Logs::LogGroup': (resource) => read(resource, logGroup).KmsKeyId,
};

/** Under whose key it lies: the customer key of the template by its id, or the service's own. */
export function encryptionOf(system: System, resource: Resource): string {
  if (resource.type === 'AWS::ApiGatewayV2::Api') return 'TLS in transit, nothing at rest';
  const customer = keys[resource.type]?.(resource);
  if (customer === undefined) return 'AWS';
  return `customer ${textOf(system, resource.stackName, customer)}`;
}

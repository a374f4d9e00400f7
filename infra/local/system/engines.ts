import { type AwsCall, awsJsonClient } from '../aws/aws-json-client.ts';
import type { EngineAddress } from '../aws/engine-address.ts';
import { guardEngine } from '../aws/guarded-engine.ts';
import type { Meddler } from '../aws/meddler.ts';
import { createTables } from '../dynamodb/create-tables.ts';
import { type DynamoDb, dynamoDbClient, startDynamoDb } from '../dynamodb/start-dynamodb.ts';
import { fallbackRegion, type LocalCredentials } from '../model/local-identity.ts';
import type { SystemModel } from '../model/system-model.ts';
import { createBuckets } from '../object-store/create-buckets.ts';
import { type SignatureProxy, startSignatureProxy } from '../object-store/signature-proxy.ts';
import { startStorageServer } from '../object-store/storage-server.ts';
import type { Closing } from '../process/closing.ts';
import { createQueues } from '../queues/create-queues.ts';

export type Engines = {
  readonly dynamodb: DynamoDb;
  /** Where the functions ask for tables and queues: signed with the key of this start. */
  readonly tableEndpoint: string;
  readonly queueEndpoint: string;
  readonly objects: SignatureProxy;
};

/** The engines with clients that sign for the region of the template: it is part of a queue's identity. */
export type Services = Engines & { readonly sqs: AwsCall; readonly streams: AwsCall };

export type EngineOptions = {
  readonly dataDir?: string | undefined;
  readonly dynamodbEndpoint?: string | undefined;
  readonly credentials: LocalCredentials;
  readonly meddler?: Meddler | undefined;
};

/** Starts what stands for DynamoDB, S3 and SQS. */
export async function startEngines(
  { dataDir, dynamodbEndpoint, credentials, meddler }: EngineOptions,
  closers: Closing,
): Promise<Engines> {
  const guarded = async (engine: EngineAddress, service: string, faults?: Meddler): Promise<string> => {
    const { endpoint, close } = await guardEngine({ engine, service, credentials, meddler: faults });
    closers.add(close);
    return endpoint;
  };
  const startTables = async (): Promise<Pick<Engines, 'dynamodb' | 'tableEndpoint'>> => {
    const dynamodb = await startDynamoDb({ region: fallbackRegion, dataDir, endpoint: dynamodbEndpoint });
    closers.add(dynamodb.close);
    return { dynamodb, tableEndpoint: await guarded({ origin: dynamodb.endpoint }, 'dynamodb', meddler) };
  };
  const startStorage = async (): Promise<Pick<Engines, 'queueEndpoint' | 'objects'>> => {
    const storage = await startStorageServer(dataDir);
    closers.add(storage.close);
    const proxy = await startSignatureProxy(storage.address, credentials);
    closers.add(proxy.close);
    return { queueEndpoint: await guarded(storage.address, 'sqs'), objects: proxy };
  };
  // Both are waited for, so that whatever did start is also ended when the other fails.
  const [tables, storage] = await Promise.allSettled([startTables(), startStorage()]);
  if (tables.status === 'rejected') throw tables.reason;
  if (storage.status === 'rejected') throw storage.reason;
  return { ...tables.value, ...storage.value };
}

/** Makes the tables, queues and buckets of the template. */
export async function provision(
  engines: Engines,
  model: SystemModel,
  credentials: LocalCredentials,
): Promise<Services> {
  const { region } = model;
  const sqs = awsJsonClient({
    endpoint: engines.queueEndpoint,
    region,
    service: 'sqs',
    targetPrefix: 'AmazonSQS',
    credentials,
  });
  const dynamodb = { ...engines.dynamodb, call: dynamoDbClient(engines.dynamodb.endpoint, region) };
  await Promise.all([
    createTables(dynamodb.call, model.tables),
    createQueues(sqs, engines.queueEndpoint, model.queues),
    createBuckets(engines.objects.endpoint, { region, credentials }, model.buckets),
  ]);
  for (const bucket of model.buckets) engines.objects.allowOrigins(bucket);
  const streams = awsJsonClient({
    ...{ endpoint: engines.dynamodb.endpoint, region, service: 'dynamodb' },
    targetPrefix: 'DynamoDBStreams_20120810',
  });
  return { ...engines, dynamodb, sqs, streams };
}

import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { signedHeaders } from '../../infra/local/aws/sign-request.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';

/** One thing that is kept somewhere, as text. */
export type Kept = { readonly where: string; readonly text: string };

/** All that the engines of a system hold: not only what the template names, and in queues what is hidden too. */
export async function everythingKept(system: LocalSystem): Promise<readonly Kept[]> {
  return (await Promise.all([tables(system), buckets(system), queues(system)])).flat();
}

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, each) => (each instanceof Set ? [...each] : each));

async function tables({ dynamodbEndpoint, region, credentials }: LocalSystem): Promise<readonly Kept[]> {
  const client = new DynamoDBClient({ endpoint: dynamodbEndpoint, region, credentials });
  const db = DynamoDBDocumentClient.from(client);
  const kept: Kept[] = [];
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  for (const TableName of TableNames) {
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await db.send(
        new ScanCommand({ TableName, ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }) }),
      );
      kept.push(...(page.Items ?? []).map((item) => ({ where: `table ${TableName}`, text: textOf(item) })));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }
  client.destroy();
  return kept;
}

async function buckets({ objectStoreEndpoint, region, credentials }: LocalSystem): Promise<readonly Kept[]> {
  const s3 = new S3Client({ endpoint: objectStoreEndpoint, region, credentials, forcePathStyle: true });
  const kept: Kept[] = [];
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  for (const { Name: Bucket } of Buckets) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    for (const { Key } of Contents) {
      const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const body = (await Body?.transformToString('latin1')) ?? '';
      kept.push({ where: `bucket ${Bucket}`, text: textOf({ Key, Metadata, body }) });
    }
  }
  s3.destroy();
  return kept;
}

const listed = z.array(z.object({ name: z.string() }));

/** Waiting, delayed and in flight: the queue server shows what `ReceiveMessage` would not. */
async function queues({ queueEndpoint, region, credentials }: LocalSystem): Promise<readonly Kept[]> {
  const inspect = async (path: string): Promise<unknown> => {
    const url = `${queueEndpoint}/_fauxqs/queues${path}`;
    const headers = await signedHeaders({ credentials, region, service: 'sqs' }, { method: 'GET', url });
    return (await fetch(url, { headers })).json();
  };
  const names = listed.parse(await inspect('')).map(({ name }) => name);
  return Promise.all(
    names.map(async (name) => ({ where: `queue ${name}`, text: textOf(await inspect(`/${name}`)) })),
  );
}

import { S3Client } from '@aws-sdk/client-s3';
import { type ConnectionsClient, connectionsClient } from '../push/connections-client.ts';
import { type FunctionClient, lambdaClient } from '../runtime/aws/function-client.ts';
import type { Database } from '../stores/dynamodb/database.ts';
import { dynamodbClient } from '../stores/dynamodb/dynamodb-client.ts';
import { type QueueClient, sqsClient } from '../stores/queue/queue-client.ts';

// One of each per execution environment: sockets hang on the instance.

export function databaseClient(): Database {
  return dynamodbClient();
}

export function managementClient(callbackUrl: string): ConnectionsClient {
  return connectionsClient(callbackUrl);
}

export function queueClient(): QueueClient {
  return sqsClient();
}

/** Leaves the send enough of its ten seconds. A large video may take longer: the repeat finds it done. */
const patienceMillis = 7_000;

export function functionClient(): FunctionClient {
  return lambdaClient(patienceMillis);
}

/** No second attempt: who sent the frame repeats it. */
export function reviewClient(patience: number): FunctionClient {
  return lambdaClient(patience);
}

/** The SDK's own, without checksums of its own: a presigned address must ask for nothing but what it says. */
export function objectClient(): S3Client {
  return new S3Client({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

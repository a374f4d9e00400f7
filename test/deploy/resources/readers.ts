import { apiGateway } from './api-gateway.ts';
import { cognito } from './cognito.ts';
import { dynamodb } from './dynamodb.ts';
import { events } from './events.ts';
import { iam } from './iam.ts';
import { lambda } from './lambda.ts';
import { logs } from './logs.ts';
import type { Readers } from './reader.ts';
import { s3 } from './s3.ts';
import { sqs } from './sqs.ts';

/** Every resource type that can be looked at. */
export const readers: Readers = {
  ...apiGateway,
  ...cognito,
  ...dynamodb,
  ...events,
  ...iam,
  ...lambda,
  ...logs,
  ...s3,
  ...sqs,
};

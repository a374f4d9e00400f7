import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { MiniStack } from './ministack/start.ts';

export type AwsClients = ReturnType<typeof awsClients>;

export function awsClients({ endpoint, region, credentials, certificate }: MiniStack) {
  const common = { endpoint, region, credentials, requestHandler: { httpsAgent: { ca: certificate } } };
  return {
    apiGateway: new ApiGatewayV2Client(common),
    cloudFormation: new CloudFormationClient(common),
    cognito: new CognitoIdentityProviderClient(common),
    dynamodb: new DynamoDBClient(common),
    events: new EventBridgeClient(common),
    iam: new IAMClient(common),
    lambda: new LambdaClient(common),
    logs: new CloudWatchLogsClient(common),
    s3: new S3Client({ ...common, forcePathStyle: true }),
    sqs: new SQSClient(common),
  };
}

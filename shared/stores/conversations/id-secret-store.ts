import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type DeploymentSecret, deploymentSecret } from '../dynamodb/deployment-secret.ts';

/** No frame can name it: no id of a conversation has this character. */
const Key = { conversationId: '#direct', entry: 'secret' };

/** What the ids of direct conversations are made with, so that nobody who knows two people can work theirs out. */
export function idSecretStore(db: DynamoDBDocumentClient, TableName: string): DeploymentSecret {
  return deploymentSecret(db, TableName, Key, 'conversationId');
}

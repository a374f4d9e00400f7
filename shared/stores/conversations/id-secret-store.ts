import type { Database } from '../dynamodb/database.ts';
import { type DeploymentSecret, deploymentSecret } from '../dynamodb/deployment-secret.ts';

/** No frame can name it: no id of a conversation has this character. */
const Key = { conversationId: '#direct', entry: 'secret' };

/** What the ids of direct conversations are made with, so that nobody who knows two people can work theirs out. */
export function idSecretStore(db: Database, TableName: string): DeploymentSecret {
  return deploymentSecret(db, TableName, Key, 'conversationId');
}

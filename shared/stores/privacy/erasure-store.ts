import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { type ErasureKey, type ErasureRequest, erasureKey } from './erasure-request.ts';

export type ErasureStore = {
  /** Strongly consistent. */
  read(key: ErasureKey): Promise<ErasureRequest | undefined>;
  /** False when it is no longer the one of `before`: somebody else goes on with it. */
  save(request: ErasureRequest, before: ErasureRequest | undefined): Promise<boolean>;
  /** False when it has changed: it was asked for once more. */
  close(request: ErasureRequest): Promise<boolean>;
  /** All that are open, of one user or of all. */
  list(userId?: string): Promise<readonly ErasureRequest[]>;
};

const record = 'erasures';

export function erasureStore(db: DynamoDBDocumentClient, tableName: string): ErasureStore {
  const keyOf = (key: ErasureKey) => ({ record, at: erasureKey(key) });
  const unchanged = (revision: number) => ({
    ConditionExpression: '#revision = :revision',
    ExpressionAttributeNames: { '#revision': 'revision' },
    ExpressionAttributeValues: { ':revision': revision },
  });

  return {
    async read(key) {
      const { Item } = await db.send(
        new GetCommand({ TableName: tableName, Key: keyOf(key), ConsistentRead: true }),
      );
      return Item && toRequest(Item);
    },

    save: async (request, before) =>
      succeeds(
        new PutCommand({
          TableName: tableName,
          Item: { ...keyOf(request), ...request },
          ...(before === undefined
            ? {
                ConditionExpression: 'attribute_not_exists(#record)',
                ExpressionAttributeNames: { '#record': 'record' },
              }
            : unchanged(before.revision)),
        }),
      ),

    close: async (request) =>
      succeeds(
        new DeleteCommand({ TableName: tableName, Key: keyOf(request), ...unchanged(request.revision) }),
      ),

    async list(userId) {
      const requests: ErasureRequest[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await db.send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression:
              userId === undefined ? '#record = :record' : '#record = :record AND begins_with(#at, :user)',
            ExpressionAttributeNames: { '#record': 'record', ...(userId !== undefined && { '#at': 'at' }) },
            ExpressionAttributeValues: {
              ':record': record,
              ...(userId !== undefined && { ':user': `${userId}#` }),
            },
            ConsistentRead: true,
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        );
        requests.push(...(page.Items ?? []).map(toRequest));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return requests;
    },
  };

  async function succeeds(command: PutCommand | DeleteCommand): Promise<boolean> {
    try {
      await (command instanceof PutCommand ? db.send(command) : db.send(command));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

function toRequest({ record: _record, at: _at, ...request }: Record<string, unknown>): ErasureRequest {
  return request as ErasureRequest;
}

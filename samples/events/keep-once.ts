import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

export type KeptEvent = {
  readonly eventId: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly ids: Readonly<Record<string, unknown>>;
};

export type Kept = {
  /** False when it was there already. */
  put(event: KeptEvent): Promise<boolean>;
};

/**
 * Your table of events, with `eventId` as its key and `expiresAt` as its time to live. It holds ids of people: declare it in your own
 * records, and delete what is of somebody when `lapse.privacy.erasure` says so.
 */
export function keepOnce(
  TableName = process.env['EVENT_TABLE'] ?? '',
  days = 30,
  client: Pick<DynamoDBDocumentClient, 'send'> = DynamoDBDocumentClient.from(new DynamoDBClient()),
): Kept {
  return {
    async put(event) {
      const expiresAt = Math.floor(Date.now() / 1000) + days * 86_400;
      try {
        await client.send(
          new PutCommand({
            TableName,
            Item: { ...event, expiresAt },
            ConditionExpression: 'attribute_not_exists(eventId)',
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
        throw error;
      }
    },
  };
}

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import {
  type AwaitedHandover,
  decodeRecipient,
  encodeRecipient,
  type Handover,
  type HandoverKey,
  type Recipient,
} from './handover.ts';

/** Ids and times: what is handed over is in the bucket alone. */
export type HandoverStore = {
  /** Of a send that is repeated: whoever waits is added, and the end stays. False when it brings other media than before. */
  begin(handover: Handover, waiting: readonly Recipient[]): Promise<boolean>;
  /** Strongly consistent. */
  get(key: HandoverKey): Promise<Handover | undefined>;
  /** Takes one from those who wait; answers the handover when nobody is left who does. */
  receive(key: HandoverKey, recipient: Recipient): Promise<Handover | undefined>;
  list(): AsyncIterable<AwaitedHandover>;
  remove(key: HandoverKey): Promise<void>;
};

type Item = Handover & { readonly waiting?: ReadonlySet<string> };
const nobody: ReadonlySet<string> = new Set();

/** One partition: a thousand begun in a second are far beyond what one chat sends. */
const openIndex = 'handover';

/** For the time to live, which comes to act only where the sweeper has not. */
const slackSeconds = 86_400;

export function handoverStore(db: DynamoDBDocumentClient, tableName: string): HandoverStore {
  return {
    async begin({ conversationId, seq, mediaId, variants, until }, waiting) {
      const awaited = waiting.length > 0 && { ':waiting': new Set(waiting.map(encodeRecipient)) };
      const begun = await updateIf({
        Key: { conversationId, seq },
        UpdateExpression: `SET mediaId = :mediaId, variants = :variants, openIndex = :index,
          #until = if_not_exists(#until, :until), expiresAt = if_not_exists(expiresAt, :expiresAt)
          ${awaited ? 'ADD waiting :waiting' : ''}`,
        ConditionExpression: 'attribute_not_exists(mediaId) OR mediaId = :mediaId',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: {
          ':mediaId': mediaId,
          ':variants': variants,
          ':index': openIndex,
          ':until': until,
          ':expiresAt': until + slackSeconds,
          ...awaited,
        },
      });
      return begun !== undefined;
    },

    async get({ conversationId, seq }) {
      const { Item } = await db.send(
        new GetCommand({ TableName: tableName, Key: { conversationId, seq }, ConsistentRead: true }),
      );
      return Item as Item | undefined;
    },

    async receive({ conversationId, seq }, recipient) {
      const element = encodeRecipient(recipient);
      const left = await updateIf({
        Key: { conversationId, seq },
        UpdateExpression: 'DELETE waiting :recipient',
        ConditionExpression: 'contains(waiting, :element)',
        ExpressionAttributeValues: { ':recipient': new Set([element]), ':element': element },
      });
      return left?.waiting === undefined ? left : undefined;
    },

    async *list() {
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await db.send(
          new QueryCommand({
            TableName: tableName,
            IndexName: 'byEnd',
            KeyConditionExpression: 'openIndex = :index',
            ExpressionAttributeValues: { ':index': openIndex },
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        );
        for (const { waiting = nobody, ...handover } of (page.Items ?? []) as Item[])
          yield { ...handover, waiting: [...waiting].map(decodeRecipient) };
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
    },

    async remove({ conversationId, seq }) {
      await db.send(new DeleteCommand({ TableName: tableName, Key: { conversationId, seq } }));
    },
  };
  /** The item as it is then; undefined where the condition does not hold. */
  async function updateIf(change: Omit<UpdateCommandInput, 'TableName'>): Promise<Item | undefined> {
    try {
      const { Attributes } = await db.send(
        new UpdateCommand({ TableName: tableName, ReturnValues: 'ALL_NEW', ...change }),
      );
      return Attributes as Item | undefined;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }
}

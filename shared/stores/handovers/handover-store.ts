import { resultOf } from '../dynamodb/conditional-write.ts';
import {
  type Database,
  DeleteCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { queryItems } from '../dynamodb/query-items.ts';
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

export function handoverStore(db: Database, TableName: string): HandoverStore {
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

    get: async ({ conversationId, seq }) => getItem<Item>(db, { TableName, Key: { conversationId, seq } }),

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
      const items = queryItems<Item>(db, {
        TableName,
        IndexName: 'byEnd',
        KeyConditionExpression: 'openIndex = :index',
        ExpressionAttributeValues: { ':index': openIndex },
      });
      for await (const { waiting = nobody, ...handover } of items)
        yield { ...handover, waiting: [...waiting].map(decodeRecipient) };
    },

    async remove({ conversationId, seq }) {
      await db.send(new DeleteCommand({ TableName, Key: { conversationId, seq } }));
    },
  };

  /** The item as it is then; undefined where the condition does not hold. */
  async function updateIf(change: Omit<UpdateCommandInput, 'TableName'>): Promise<Item | undefined> {
    const update = new UpdateCommand({ TableName, ReturnValues: 'ALL_NEW', ...change });
    return (await resultOf(db.send(update)))?.Attributes as Item | undefined;
  }
}

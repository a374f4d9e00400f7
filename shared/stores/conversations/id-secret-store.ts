import { randomBytes } from 'node:crypto';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { existingItem, ifAbsent } from '../dynamodb/conditional-write.ts';
import { getItem } from '../dynamodb/get-item.ts';

/** What the ids of direct conversations are made with, so that nobody who knows two people can work theirs out. */
export type IdSecretStore = {
  /** Undefined where no direct conversation has been opened yet. */
  find(): Promise<Uint8Array | undefined>;
  /** Made by whoever needs it first; one for the deployment, and never another. */
  findOrMake(): Promise<Uint8Array>;
};

type Item = { readonly secret: Uint8Array };

/** No frame can name it: no id of a conversation has this character. */
const Key = { conversationId: '#direct', entry: 'secret' };
const secretBytes = 32;

export function idSecretStore(db: DynamoDBDocumentClient, TableName: string): IdSecretStore {
  const find = async () => (await getItem<Item>(db, { TableName, Key }))?.secret;
  return {
    find,
    async findOrMake() {
      const found = await find();
      if (found !== undefined) return found;
      const secret = randomBytes(secretBytes);
      const put = new PutCommand({ TableName, Item: { ...Key, secret }, ...ifAbsent('conversationId') });
      const earlier = await existingItem(db.send(put));
      return earlier === undefined ? secret : (earlier as Item).secret;
    },
  };
}

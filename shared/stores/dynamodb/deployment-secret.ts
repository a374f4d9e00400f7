import { randomBytes } from 'node:crypto';
import { existingItem, ifAbsent } from './conditional-write.ts';
import { type Database, PutCommand } from './database.ts';
import { getItem } from './get-item.ts';

/** Random bytes that the deployment keeps to itself, in a row that no frame can name. */
export type DeploymentSecret = {
  /** Undefined where nobody has needed it yet. */
  find(): Promise<Uint8Array | undefined>;
  /** Made by whoever needs it first; one for the deployment, and never another. */
  findOrMake(): Promise<Uint8Array>;
};

type Item = { readonly secret: Uint8Array };

const secretBytes = 32;

export function deploymentSecret(
  db: Database,
  TableName: string,
  Key: Readonly<Record<string, string | number>>,
  partitionKey: string,
): DeploymentSecret {
  const find = async () => (await getItem<Item>(db, { TableName, Key }))?.secret;
  return {
    find,
    async findOrMake() {
      const found = await find();
      if (found !== undefined) return found;
      const secret = randomBytes(secretBytes);
      const put = new PutCommand({ TableName, Item: { ...Key, secret }, ...ifAbsent(partitionKey) });
      const earlier = await existingItem(db.send(put));
      return earlier === undefined ? secret : (earlier as Item).secret;
    },
  };
}

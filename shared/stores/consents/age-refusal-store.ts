import type { EpochSeconds } from '../../time.ts';
import { type Database, PutCommand } from '../dynamodb/database.ts';
import { type DeploymentSecret, deploymentSecret } from '../dynamodb/deployment-secret.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { type AgeRefusal, ageRefusalKey } from './age-refusal.ts';

export type AgeRefusalStore = {
  /** Strongly consistent. */
  read(userId: string): Promise<AgeRefusal>;
  /** One row for each user, however often they are refused. */
  refuse(userId: string, expiresAt: EpochSeconds): Promise<void>;
};

/** What the digests of refused users are made with, so that who has the table cannot look somebody up in it. */
export const ageSecret = (db: Database, TableName: string): DeploymentSecret =>
  deploymentSecret(db, TableName, { userId: '#age-refusal', entry: 0 }, 'userId');

export function ageRefusalStore(
  db: Database,
  TableName: string,
  secret: () => Promise<Uint8Array>,
): AgeRefusalStore {
  return {
    async read(userId) {
      const key = ageRefusalKey(await secret(), userId);
      const row = await getItem<Pick<AgeRefusal, 'expiresAt'>>(db, { TableName, Key: key });
      return { key, expiresAt: row?.expiresAt };
    },

    async refuse(userId, expiresAt) {
      const Item = { ...ageRefusalKey(await secret(), userId), expiresAt };
      await db.send(new PutCommand({ TableName, Item }));
    },
  };
}

import { hash } from 'node:crypto';
import type { Platform } from '../../protocol/notifications/frames.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { isApplied } from '../dynamodb/conditional-write.ts';
import { type Database, TransactWriteCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { type PushDevice, type PushToken, pushDevicesEntry } from './push-device.ts';

/** Of one person the devices that there are to be, in place of those that were read. */
export type PushList = {
  readonly userId: string;
  readonly seen: readonly PushDevice[];
  readonly devices: readonly PushDevice[];
};

/** Of the ledger of consent. */
type LedgerLine = { readonly userId: string; readonly entry: number };

export type PushChange = {
  /** Of whoever changes something, and of whoever had the token before. */
  readonly lists: readonly PushList[];
  readonly put?: {
    readonly token: PushToken;
    /** Whose it was; undefined: nobody's. */
    readonly seenOwner: string | undefined;
    /** Still the last line of the ledger when it is written. */
    readonly agreed: LedgerLine;
  };
};

/**
 * Which devices of a person are notified, in one row that names no token, and each token in a row of its own, under a digest of it.
 * Both change in one write: a token that is there stands in the list of whom it is bound to, so that it goes with them.
 */
export type PushTokenStore = {
  /** Strongly consistent. */
  read(userId: string): Promise<readonly PushDevice[]>;
  /** Of many: half a read unit each, and eventually consistent; nobody who has none. */
  among(userIds: readonly string[]): Promise<ReadonlyMap<string, readonly PushDevice[]>>;
  /** Strongly consistent; in no order. */
  tokens(tokenIds: readonly string[]): Promise<readonly PushToken[]>;
  /** False where a list, the token or the consent is another by now; then nothing is written. */
  replace(change: PushChange): Promise<boolean>;
};

/** No user's id has a `#`. */
const tokenKey = (tokenId: string) => ({ userId: `pushToken#${tokenId}`, entry: 'token' });
const listKey = (userId: string) => ({ userId, entry: pushDevicesEntry });

export function pushTokenId(platform: Platform, token: string): string {
  return hash('sha256', JSON.stringify([platform, token]), 'base64url');
}

export type PushTables = {
  readonly personal: string;
  /** Of who only reads and takes away: none. */
  readonly consents: string;
};

export function pushTokenStore(
  db: Database,
  { personal: TableName, consents }: Pick<PushTables, 'personal'> & Partial<PushTables>,
): PushTokenStore {
  return {
    async read(userId) {
      return toDevices(await getItem(db, { TableName, Key: listKey(userId) }));
    },

    async among(userIds) {
      const rows = await batchGet(db, { TableName, Keys: userIds.map(listKey) });
      return new Map(rows.map((row) => [String(row['userId']), toDevices(row)]));
    },

    async tokens(tokenIds) {
      const rows = await batchGet(db, { TableName, Keys: tokenIds.map(tokenKey), ConsistentRead: true });
      return rows.map(({ userId: _, entry: _entry, ...token }) => token as PushToken);
    },

    async replace({ lists, put }) {
      const ledger = put !== undefined && consents !== undefined ? [stillLast(consents, put.agreed)] : [];
      const TransactItems = [
        ...lists.flatMap((list) => [listWrite(list), ...goneTokens(list, put?.token.tokenId)]),
        ...(put === undefined ? [] : [tokenWrite(put)]),
        ...ledger,
      ];
      return isApplied(db.send(new TransactWriteCommand({ TransactItems })));
    },
  };

  function listWrite({ userId, seen, devices }: PushList) {
    const Key = listKey(userId);
    // By what it says: it may have gone and come again meanwhile.
    const asSeen =
      seen.length === 0
        ? { ConditionExpression: 'attribute_not_exists(userId)' }
        : { ConditionExpression: 'devices = :seen', ExpressionAttributeValues: { ':seen': seen } };
    if (devices.length === 0) return { Delete: { TableName, Key, ...asSeen } };
    const expiresAt = Math.max(...devices.map((each) => each.expiresAt));
    return { Put: { TableName, Item: { ...Key, devices, expiresAt }, ...asSeen } };
  }

  function goneTokens({ userId, seen, devices }: PushList, placed: string | undefined) {
    const left = new Set([placed, ...devices.map(({ tokenId }) => tokenId)]);
    const gone = seen.filter(({ tokenId }) => !left.has(tokenId));
    return gone.map(({ tokenId }) => ({
      Delete: {
        TableName,
        Key: tokenKey(tokenId),
        ConditionExpression: 'attribute_not_exists(boundTo) OR boundTo = :userId',
        ExpressionAttributeValues: { ':userId': userId },
      },
    }));
  }

  function tokenWrite({ token, seenOwner }: NonNullable<PushChange['put']>) {
    return {
      Put: {
        TableName,
        Item: { ...tokenKey(token.tokenId), ...token },
        ...(seenOwner === undefined
          ? { ConditionExpression: 'attribute_not_exists(userId)' }
          : {
              ConditionExpression: 'boundTo = :owner',
              ExpressionAttributeValues: { ':owner': seenOwner },
            }),
      },
    };
  }
}

/** Whoever withdraws at the same time adds the next line. */
function stillLast(TableName: string, { userId, entry }: LedgerLine) {
  return {
    ConditionCheck: {
      TableName,
      Key: { userId, entry: entry + 1 },
      ConditionExpression: 'attribute_not_exists(userId)',
    },
  };
}

function toDevices(row: Record<string, unknown> | undefined): readonly PushDevice[] {
  return (row?.['devices'] ?? []) as readonly PushDevice[];
}

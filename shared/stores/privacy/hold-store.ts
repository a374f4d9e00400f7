import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Hold } from './hold.ts';
import type { Holds, HoldTarget } from './holds.ts';

export type HoldStore = {
  /** Those in force; strongly consistent. */
  list(): Promise<Holds>;
  /** With those being released; strongly consistent. */
  all(): Promise<readonly Hold[]>;
  /** Strongly consistent. */
  find(target: HoldTarget): Promise<Hold | undefined>;
  /** False when it is no longer as in `before`: somebody else has gone on with it. */
  replace(hold: Omit<Hold, 'revision'>, before: Hold | undefined): Promise<boolean>;
  /** False likewise. */
  remove(hold: Hold): Promise<boolean>;
};

type Item = Record<string, unknown>;

const record = 'holds';

/** An id holds no `#`. */
export function holdKey(target: HoldTarget): string {
  return target.kind === 'user' ? `user#${target.userId}` : `conversation#${target.conversationId}`;
}

export function holdStore(db: DynamoDBDocumentClient, privacyTableName: string): HoldStore {
  const store: HoldStore = {
    async list() {
      const targets = (await store.all()).flatMap(({ state, target }) => (state === 'held' ? [target] : []));
      return {
        users: new Set(targets.flatMap((target) => (target.kind === 'user' ? [target.userId] : []))),
        conversations: new Set(
          targets.flatMap((target) => (target.kind === 'conversation' ? [target.conversationId] : [])),
        ),
      };
    },

    async all() {
      const items: Item[] = [];
      let ExclusiveStartKey: Item | undefined;
      do {
        const page = await query({ ...(ExclusiveStartKey && { ExclusiveStartKey }) });
        items.push(...(page.Items ?? []));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return items.map(toHold);
    },

    async find(target) {
      const { Items: [item] = [] } = await query({ at: holdKey(target) });
      return item && toHold(item);
    },

    async replace(hold, before) {
      const revision = (before?.revision ?? 0) + 1;
      const Item = { record, at: holdKey(hold.target), ...toItem({ ...hold, revision }) };
      return unlessChanged(async () =>
        db.send(new PutCommand({ TableName: privacyTableName, Item, ...unchanged(before) })),
      );
    },

    async remove(hold) {
      const Key = { record, at: holdKey(hold.target) };
      return unlessChanged(async () =>
        db.send(new DeleteCommand({ TableName: privacyTableName, Key, ...unchanged(hold) })),
      );
    },
  };
  return store;

  async function query({ at, ...options }: { at?: string; ExclusiveStartKey?: Item }) {
    return db.send(
      new QueryCommand({
        TableName: privacyTableName,
        KeyConditionExpression: at === undefined ? '#record = :record' : '#record = :record AND #at = :at',
        ExpressionAttributeNames: { '#record': 'record', ...(at !== undefined && { '#at': 'at' }) },
        ExpressionAttributeValues: { ':record': record, ...(at !== undefined && { ':at': at }) },
        ConsistentRead: true,
        ...options,
      }),
    );
  }
}

/** Stored under earlier names: `walk` is the backfill, `round` its pass. */
function toItem({ backfill, ...rest }: Hold): Item {
  if (backfill === undefined) return rest;
  const { pass: round, ...place } = backfill;
  return { ...rest, walk: { round, ...place } };
}

function toHold({ record: _record, at: _at, walk, ...rest }: Item): Hold {
  if (walk === undefined) return rest as Hold;
  const { round: pass, ...place } = walk as Item;
  return { ...rest, backfill: { pass, ...place } } as unknown as Hold;
}

function unchanged(before: Hold | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(revision)' };
  return {
    ConditionExpression: 'revision = :seen',
    ExpressionAttributeValues: { ':seen': before.revision },
  };
}

async function unlessChanged(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

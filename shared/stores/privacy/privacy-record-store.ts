import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

export type PrivacyRecords = Readonly<
  Record<'erasures' | 'exports' | 'holds' | 'receipts', readonly object[]>
>;

export type PrivacyRecordStore = {
  /** What was done about the user: open requests, a hold, receipts. States, ids, counts and times. */
  about(userId: string): Promise<PrivacyRecords>;
};

type Item = Record<string, unknown>;

export function privacyRecordStore(db: DynamoDBDocumentClient, tableName: string): PrivacyRecordStore {
  return {
    async about(userId) {
      const [erasures, receipts, exported, held] = await Promise.all([
        query('erasures', `${userId}#`),
        query(`receipts#${userId}`),
        get('exports', userId),
        get('holds', `user#${userId}`),
      ]);
      return { erasures, exports: exported, holds: held, receipts };
    },
  };

  async function get(record: string, at: string): Promise<readonly Item[]> {
    const { Item } = await db.send(
      new GetCommand({ TableName: tableName, Key: { record, at }, ConsistentRead: true }),
    );
    return Item === undefined ? [] : [plain(Item)];
  }

  async function query(record: string, prefix?: string): Promise<readonly Item[]> {
    const items: Item[] = [];
    let ExclusiveStartKey: Item | undefined;
    do {
      const page = await db.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression:
            prefix === undefined ? '#record = :record' : '#record = :record AND begins_with(#at, :prefix)',
          ExpressionAttributeNames: { '#record': 'record', ...(prefix !== undefined && { '#at': 'at' }) },
          ExpressionAttributeValues: {
            ':record': record,
            ...(prefix !== undefined && { ':prefix': prefix }),
          },
          ConsistentRead: true,
          ...(ExclusiveStartKey && { ExclusiveStartKey }),
        }),
      );
      items.push(...(page.Items ?? []).map(plain));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return items;
  }
}

/** The keys are the table's, not the person's; JSON knows no sets. */
function plain({ record: _record, at: _at, ...rest }: Item): Item {
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, value instanceof Set ? [...value] : value]),
  );
}

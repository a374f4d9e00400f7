import type { EpochMillis } from '../../time.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import { replacedTitleEntries, replacedTitleKey } from './conversation-item.ts';

/** What a group was called before, which a legal hold keeps: nobody is shown it, and it goes when the hold is lifted. */
export type ReplacedTitle = {
  readonly conversationId: string;
  /** Of the event by which it was replaced. */
  readonly seq: number;
  readonly title: string;
  readonly by: string;
  readonly updatedAt: EpochMillis;
};

export type ReplacedTitleStore = {
  /** Of a group all there are, at most as many as are kept of one; strongly consistent. */
  listReplaced(conversationId: string): Promise<readonly ReplacedTitle[]>;
  /** False when it is gone already. */
  removeReplaced(title: Pick<ReplacedTitle, 'conversationId' | 'seq'>): Promise<boolean>;
};

/** Of one group; while a hold keeps so many there is no further title. */
export const mostReplaced = 1_000;

export function replacedTitleStore(db: Database, TableName: string): ReplacedTitleStore {
  return {
    async listReplaced(conversationId) {
      const items = await queryAll(db, {
        TableName,
        ...replacedTitleEntries,
        ExpressionAttributeValues: {
          ...replacedTitleEntries.ExpressionAttributeValues,
          ':id': conversationId,
        },
        ConsistentRead: true,
      });
      return items.map(({ entry: _entry, ...title }) => title as ReplacedTitle);
    },

    async removeReplaced({ conversationId, seq }) {
      const remove = new DeleteCommand({
        TableName,
        Key: replacedTitleKey(conversationId, seq),
        ConditionExpression: 'attribute_exists(entry)',
      });
      return succeeds(db.send(remove));
    },
  };
}

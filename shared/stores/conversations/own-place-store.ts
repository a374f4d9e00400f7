import type { Clock } from '../../time.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import { endedBy } from './conversation-end.ts';
import { memberKey } from './conversation-item.ts';

/** What changes; the rest stays. */
export type Arrangement = {
  /** Until then, in milliseconds; 0: no longer. */
  readonly muted?: number;
  readonly pinned?: boolean;
  readonly hidden?: boolean;
};

/** How a conversation stands in a member's own list. */
export type OwnPlaceStore = {
  /** False for who is no member. */
  arrange(conversationId: string, userId: string, change: Arrangement): Promise<boolean>;
};

export function ownPlaceStore(db: Database, TableName: string, now: Clock): OwnPlaceStore {
  return {
    async arrange(conversationId, userId, { muted, pinned, hidden }) {
      const asked = { mutedUntil: muted, pinned, hidden };
      const named = Object.entries(asked).filter(([, value]) => value !== undefined);
      const set = named.filter(([, value]) => Boolean(value));
      const gone = named.filter(([, value]) => !value);
      const clauses = [
        ...(set.length > 0 ? [`SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`] : []),
        ...(gone.length > 0 ? [`REMOVE ${gone.map(([name]) => `#${name}`).join(', ')}`] : []),
      ];
      const values = Object.fromEntries(set.map(([name, value]) => [`:${name}`, value]));
      const update = new UpdateCommand({
        TableName,
        Key: memberKey(conversationId, userId),
        UpdateExpression: clauses.join(' '),
        ConditionExpression:
          'attribute_exists(conversationId) AND (attribute_not_exists(expiresAt) OR expiresAt > :over)',
        // `hidden` is a word of DynamoDB's own.
        ExpressionAttributeNames: Object.fromEntries(named.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: { ...values, ':over': endedBy(now()) },
      });
      return succeeds(db.send(update));
    },
  };
}

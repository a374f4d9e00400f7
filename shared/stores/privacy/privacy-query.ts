import type { PrivacyKey } from './privacy-keys.ts';

type Wanted = {
  readonly record: PrivacyKey['record'];
  readonly at?: string;
  readonly atPrefix?: string;
  /** What follows this one, in the order of the keys. */
  readonly after?: string;
};

/** What a query says that reads a partition, or a part of it: at a key, behind a prefix, after a key. Strongly consistent. */
export function privacyQuery(TableName: string, { record, at, atPrefix, after }: Wanted) {
  const value = at ?? atPrefix ?? after;
  const sortKey =
    at !== undefined ? '#at = :at' : after !== undefined ? '#at > :at' : 'begins_with(#at, :at)';
  return {
    TableName,
    KeyConditionExpression: value === undefined ? '#record = :record' : `#record = :record AND ${sortKey}`,
    ExpressionAttributeNames: { '#record': 'record', ...(value !== undefined && { '#at': 'at' }) },
    ExpressionAttributeValues: { ':record': record, ...(value !== undefined && { ':at': value }) },
    ConsistentRead: true,
  };
}

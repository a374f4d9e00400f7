import type { PrivacyKey } from './privacy-keys.ts';

type Wanted = { readonly record: PrivacyKey['record']; readonly at?: string; readonly atPrefix?: string };

/** What a query says that reads a partition, or what lies at a key of it or behind a prefix, strongly consistently. */
export function privacyQuery(TableName: string, { record, at, atPrefix }: Wanted) {
  const value = at ?? atPrefix;
  const sortKey = at === undefined ? 'begins_with(#at, :at)' : '#at = :at';
  return {
    TableName,
    KeyConditionExpression: value === undefined ? '#record = :record' : `#record = :record AND ${sortKey}`,
    ExpressionAttributeNames: { '#record': 'record', ...(value !== undefined && { '#at': 'at' }) },
    ExpressionAttributeValues: { ':record': record, ...(value !== undefined && { ':at': value }) },
    ConsistentRead: true,
  };
}

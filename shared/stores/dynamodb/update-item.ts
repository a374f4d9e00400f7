import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { JsonClient } from '../../runtime/json-client.ts';

/** One update, as the document client takes it. */
export type UpdateItem = (input: UpdateCommandInput) => Promise<unknown>;

export const dynamodbService = { name: 'dynamodb', target: 'DynamoDB_20120810' };

/** For a function that needs no more of DynamoDB than this: a client of a tenth of the size. */
export function updateItem(call: JsonClient): UpdateItem {
  return async ({ Key, ExpressionAttributeValues, ...input }) =>
    call('UpdateItem', {
      ...input,
      Key: marshall(Key),
      ...(ExpressionAttributeValues && {
        ExpressionAttributeValues: marshall(ExpressionAttributeValues),
      }),
    });
}

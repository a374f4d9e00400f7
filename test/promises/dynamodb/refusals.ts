import {
  type AttributeValue,
  type CancellationReason,
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Item } from './item.ts';

const $metadata = {};

/** What DynamoDB answers to a request that it cannot do, and what this engine answers to what it does not know. */
export function invalid(message: string): Error {
  return new DynamoDBServiceException({ name: 'ValidationException', message, $fault: 'client', $metadata });
}

/** With the item as the wire has it: the document client unmarshalls results, not errors. */
export function conditionFailed(item: Item | undefined): Error {
  return new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata,
    ...(item !== undefined && { Item: wire(item) }),
  });
}

/** A reason for each write of the transaction, in their order; undefined where its condition held. */
export function transactionCanceled(
  reasons: readonly ({ readonly item: Item | undefined } | undefined)[],
): Error {
  const CancellationReasons: CancellationReason[] = reasons.map((reason) =>
    reason === undefined
      ? { Code: 'None' }
      : {
          Code: 'ConditionalCheckFailed',
          ...(reason.item !== undefined && { Item: wire(reason.item) }),
        },
  );
  return new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata,
    CancellationReasons,
  });
}

const wire = (item: Item): Record<string, AttributeValue> => marshall(item) as Record<string, AttributeValue>;

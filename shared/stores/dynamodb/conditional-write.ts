import type { AttributeValue, CancellationReason } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/** Whether the condition of the write held. */
export async function succeeds(write: Promise<unknown>): Promise<boolean> {
  return (await resultOf(write.then(() => true))) === true;
}

const refusals = new Set<string | undefined>(['ConditionalCheckFailed', 'TransactionConflict']);

/** Whether every condition of the transaction held, and nobody else was writing there. */
export async function isApplied(transaction: Promise<unknown>): Promise<boolean> {
  try {
    await transaction;
    return true;
  } catch (error) {
    if (!wasCanceled(error) || !error.CancellationReasons?.some(({ Code }) => refusals.has(Code)))
      throw error;
    return false;
  }
}

/** What the write resolves to; undefined when its condition did not hold. */
export async function resultOf<Result>(write: Promise<Result>): Promise<Result | undefined> {
  try {
    return await write;
  } catch (error) {
    if (hasFailedCondition(error)) return undefined;
    throw error;
  }
}

/** What the write resolves to; where its condition did not hold, the item as it was, if it was asked for and there is one. */
export async function unlessRefused<Result>(
  write: Promise<Result>,
): Promise<{ readonly result: Result } | { readonly item: Record<string, AttributeValue> | undefined }> {
  try {
    return { result: await write };
  } catch (error) {
    if (hasFailedCondition(error)) return { item: error.Item };
    throw error;
  }
}

/** To spread into a put: it creates its item, and where one stands already `existingItem` answers that one. */
export function ifAbsent(keyAttribute: string) {
  return {
    ConditionExpression: `attribute_not_exists(${keyAttribute})`,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
}

/** The item that was there before, or undefined when the write took place. Asks for `ifAbsent` on the command. */
export async function existingItem(write: Promise<unknown>): Promise<Record<string, unknown> | undefined> {
  try {
    await write;
    return undefined;
  } catch (error) {
    if (!hasFailedCondition(error) || error.Item === undefined) throw error;
    // The document client unmarshalls results, not errors.
    return unmarshall(error.Item);
  }
}

/** By its name: the SDK has a class of its own for it, and naming that would put the SDK's client into every bundle. */
function hasFailedCondition(
  error: unknown,
): error is Error & { readonly Item?: Record<string, AttributeValue> } {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}

/** Part of it did not hold, or somebody else was writing there: `CancellationReasons` says for each part. */
export function wasCanceled(
  error: unknown,
): error is Error & { readonly CancellationReasons?: readonly CancellationReason[] } {
  return error instanceof Error && error.name === 'TransactionCanceledException';
}

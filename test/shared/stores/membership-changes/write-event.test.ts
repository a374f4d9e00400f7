import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Database } from '../../../../shared/stores/dynamodb/database.ts';
import { writeEvent } from '../../../../shared/stores/membership-changes/event-writes.ts';

const record = { Put: { TableName: 'sends', Item: {} } };
const other = { Put: { TableName: 'messages', Item: {} } };

/** Cancels every transaction for these reasons, in the order of its writes. */
const canceling = (...CancellationReasons: { Code: string; Item?: Record<string, { S: string }> }[]) =>
  ({
    send: async () => {
      throw new TransactionCanceledException({ message: 'canceled', $metadata: {}, CancellationReasons });
    },
  }) as unknown as Database;
const none = { Code: 'None' };

test.each(['ConditionalCheckFailed', 'TransactionConflict'])(
  '%s of a write: somebody was quicker',
  async (Code) => {
    expect(await writeEvent(canceling(none, { Code }), record, other)).toBe('behind');
  },
);

test('a record that stands there: the act has been carried out', async () => {
  const taken = { Code: 'ConditionalCheckFailed', Item: { userId: { S: 'ann' } } };
  expect(await writeEvent(canceling(taken, none), record, other)).toBe('repeated');
});

test('every other reason is a fault', async () => {
  const attempt = writeEvent(canceling(none, { Code: 'ThrottlingError' }), record, other);
  await expect(attempt).rejects.toThrow(TransactionCanceledException);
});

import type { EpochSeconds } from '../../time.ts';
import { succeeds } from './conditional-write.ts';
import { type Database, UpdateCommand } from './database.ts';

type Row = { readonly TableName: string; readonly Key: Record<string, unknown> };

/** Both names that an end can have: see `withoutTimeToLive`. */
const ends = ['expiresAt', 'heldExpiresAt'] as const;

/** Takes the end off a row that has one. */
export async function keepRow(db: Database, row: Row): Promise<void> {
  await succeeds(
    db.send(
      new UpdateCommand({
        ...row,
        UpdateExpression: `REMOVE ${ends.join(', ')}`,
        ConditionExpression: ends.map((end) => `attribute_exists(${end})`).join(' OR '),
      }),
    ),
  );
}

/** Moves the end of a row that has an earlier one. A row that stays goes on staying. */
export async function prolongRow(db: Database, row: Row, to: EpochSeconds): Promise<void> {
  for (const end of ends) {
    const update = new UpdateCommand({
      ...row,
      UpdateExpression: `SET ${end} = :to`,
      ConditionExpression: `${end} < :to`,
      ExpressionAttributeValues: { ':to': to },
    });
    if (await succeeds(db.send(update))) return;
  }
}

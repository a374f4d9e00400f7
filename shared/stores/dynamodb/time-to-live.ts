import type { EpochSeconds } from '../../time.ts';
import { succeeds } from './conditional-write.ts';
import { type Database, UpdateCommand, type UpdateCommandInput } from './database.ts';

type Ending = { readonly expiresAt: EpochSeconds };

/** As it is stored under hold: DynamoDB deletes by `expiresAt` and asks nobody, so the end stands elsewhere. */
export function withoutTimeToLive<Item extends Ending>({ expiresAt, ...rest }: Item) {
  return { ...rest, heldExpiresAt: expiresAt };
}

/**
 * As it is stored where something else deletes first: DynamoDB deletes by `expiresAt`, which is later than the end by so much,
 * and reads go by `endsAt`. Earlier releases have stored the end as `expiresAt` alone.
 */
export function withLaterTimeToLive<Item extends Ending>(item: Item, marginSeconds: number) {
  return { ...item, endsAt: item.expiresAt, expiresAt: (item.expiresAt + marginSeconds) as EpochSeconds };
}

/** What is stored, held or not, with the end by which every read hides it. */
export function withEnd<Item extends Ending>({
  heldExpiresAt,
  endsAt,
  ...item
}: Record<string, unknown>): Item {
  return { ...item, expiresAt: endsAt ?? item['expiresAt'] ?? heldExpiresAt } as unknown as Item;
}

/** DynamoDB never deletes what ended more than five years ago: so far back no end is put. */
export const oldestTimeToLiveSeconds = 4 * 365 * 86_400;

type Row = { readonly TableName: string; readonly Key: Record<string, unknown> };

/** Takes an item's time to live off; false when it is so already, or the item is gone. */
export async function takeTimeToLive(db: Database, row: Row): Promise<boolean> {
  return change(db, row, {
    UpdateExpression: 'SET heldExpiresAt = expiresAt REMOVE expiresAt',
    ConditionExpression: 'attribute_exists(expiresAt)',
  });
}

/** Puts it back, likewise. What ended too long ago ends again, at its release. */
export async function putTimeToLiveBack(db: Database, row: Row, releasedAt: EpochSeconds): Promise<boolean> {
  const isPut = await change(db, row, {
    UpdateExpression: 'SET expiresAt = heldExpiresAt REMOVE heldExpiresAt',
    ConditionExpression: 'heldExpiresAt > :oldest',
    ExpressionAttributeValues: { ':oldest': releasedAt - oldestTimeToLiveSeconds },
  });
  if (isPut) return true;
  return change(db, row, {
    UpdateExpression: 'SET expiresAt = :at REMOVE heldExpiresAt',
    ConditionExpression: 'attribute_exists(heldExpiresAt)',
    ExpressionAttributeValues: { ':at': releasedAt },
  });
}

/** Never makes an item: one that is deleted meanwhile stays deleted. */
async function change(
  db: Database,
  row: Row,
  update: Omit<UpdateCommandInput, 'TableName' | 'Key'>,
): Promise<boolean> {
  return succeeds(db.send(new UpdateCommand({ ...row, ...update })));
}

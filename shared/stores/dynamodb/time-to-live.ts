import type { EpochSeconds } from '../../time.ts';
import { succeeds } from './conditional-write.ts';
import { type Database, UpdateCommand } from './database.ts';

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

/**
 * Takes an item's time to live off or puts it back; false when it is so already, or the item is gone. Never makes an
 * item: one that is deleted meanwhile stays deleted.
 */
export async function setHeld(
  db: Database,
  { TableName, Key }: { readonly TableName: string; readonly Key: Record<string, unknown> },
  held: boolean,
): Promise<boolean> {
  const [from, to] = held ? ['expiresAt', 'heldExpiresAt'] : ['heldExpiresAt', 'expiresAt'];
  const update = new UpdateCommand({
    TableName,
    Key,
    UpdateExpression: `SET ${to} = ${from} REMOVE ${from}`,
    ConditionExpression: `attribute_exists(${from})`,
  });
  return succeeds(db.send(update));
}

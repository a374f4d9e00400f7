import type { EpochSeconds } from '../../time.ts';
import { ifAbsent, wasCanceled } from '../dynamodb/conditional-write.ts';
import { type Database, TransactWriteCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { withEnd, withLaterTimeToLive } from '../dynamodb/time-to-live.ts';
import type { Placed } from '../expiry/expiry.ts';
import type { Message } from '../messages/message.ts';
import { type SendId, sendKeyOf } from '../sends/send-key.ts';
import { type IdempotencyRecord, outlivesBySeconds } from '../sends/send-store.ts';

export type Write = NonNullable<TransactWriteCommand['input']['TransactItems']>[number];

/** By which a repeat of the act is known as one, if nothing stands there yet. */
export function recordWrite(TableName: string, event: Message, recordEnd: EpochSeconds): Write {
  const { seq, sentAt, expiresAt } = event;
  const record: IdempotencyRecord = { ...sendKeyOf(event), claimedAt: sentAt, seq, sentAt, expiresAt };
  return {
    Put: {
      TableName,
      Item: { ...record, endsAt: expiresAt, expiresAt: recordEnd + outlivesBySeconds },
      ...ifAbsent('userId'),
    },
  };
}

/** What became of an act of that id, if it has been carried out; strongly consistent. */
export async function findAct(db: Database, TableName: string, act: SendId): Promise<Placed | undefined> {
  const item = await getItem(db, { TableName, Key: sendKeyOf(act) });
  const record = item && withEnd<IdempotencyRecord>(item);
  if (record?.seq === undefined || record.sentAt === undefined) return undefined;
  const { seq, sentAt, expiresAt } = record;
  return { seq, sentAt, expiresAt };
}

/** At its number, if that is free; nothing where messages are not stored. */
export function eventWrites(
  TableName: string | undefined,
  event: Message,
  held: boolean,
  marginSeconds: number,
): readonly Write[] {
  if (TableName === undefined) return [];
  const { expiresAt: end, ...rest } = event;
  const Item = held
    ? { ...rest, endsAt: end, heldExpiresAt: end }
    : withLaterTimeToLive(event, marginSeconds);
  return [{ Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(conversationId)' } }];
}

/** `behind`: somebody else was quicker, with a message or another change. `repeated`: this act has been carried out before. */
export type EventOutcome = 'changed' | 'behind' | 'repeated';

/** What takes a canceled transaction back to reading again. */
const losses = new Set(['ConditionalCheckFailed', 'TransactionConflict']);

/** All of it, or nothing. The record of the act comes first. */
export async function writeEvent(
  db: Database,
  record: Write,
  ...others: readonly Write[]
): Promise<EventOutcome> {
  try {
    await db.send(new TransactWriteCommand({ TransactItems: [record, ...others] }));
    return 'changed';
  } catch (error) {
    if (!wasCanceled(error)) throw error;
    const reasons = error.CancellationReasons ?? [];
    if (reasons[0]?.Item !== undefined) return 'repeated';
    if (reasons.some(({ Code }) => Code !== undefined && losses.has(Code))) return 'behind';
    throw error;
  }
}

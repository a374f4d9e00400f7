import type { EpochSeconds } from '../../time.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { wasCanceled } from '../dynamodb/conditional-write.ts';
import { type Database, TransactWriteCommand } from '../dynamodb/database.ts';
import { eventWrites, recordWrite, type Write } from '../membership-changes/event-writes.ts';
import type { Message } from '../messages/message.ts';
import { type SendId, sendKeyOf } from '../sends/send-key.ts';

/** A message at its number, with what tells a repeat of it. */
export type Imported = {
  readonly message: Message;
  /** Stored without a time to live. */
  readonly held: boolean;
  readonly hiddenFor: readonly string[];
  /** Until when a repeat is known as one. */
  readonly recordEnd: EpochSeconds;
};

/** `behind`: somebody has written there meanwhile. `repeated`: one of them is there already. */
export type ImportOutcome = 'stored' | 'behind' | 'repeated';

export type ImportStore = {
  /** All of them at their numbers, or none; at most `mostAtOnce`. */
  store(messages: readonly Imported[]): Promise<ImportOutcome>;
  /** Those that have been imported before, each with its number; strongly consistent. */
  listKnown(sends: readonly SendId[]): Promise<ReadonlyMap<string, number>>;
};

/** Each is two rows, and a transaction has a hundred. */
export const mostAtOnce = 50;

/** What tells one of them from the others. */
export const importKey = ({ from, id }: Pick<SendId, 'from' | 'id'>): string => JSON.stringify([from, id]);

const losses = new Set(['ConditionalCheckFailed', 'TransactionConflict']);

export function importStore(
  db: Database,
  tables: { readonly messages: string; readonly sends: string },
  marginSeconds: number,
): ImportStore {
  return {
    async store(messages) {
      const records = messages.map(({ message, recordEnd }) => recordWrite(tables.sends, message, recordEnd));
      const TransactItems = [...records, ...messages.flatMap(writesOf)];
      try {
        await db.send(new TransactWriteCommand({ TransactItems }));
        return 'stored';
      } catch (error) {
        if (!wasCanceled(error)) throw error;
        const reasons = error.CancellationReasons ?? [];
        if (reasons.slice(0, records.length).some(({ Item }) => Item !== undefined)) return 'repeated';
        if (reasons.some(({ Code }) => Code !== undefined && losses.has(Code))) return 'behind';
        throw error;
      }
    },

    async listKnown(sends) {
      const keys = new Map(
        sends.map((send) => [JSON.stringify(sendKeyOf(send)), { send, key: sendKeyOf(send) }]),
      );
      const items = await batchGet(db, {
        TableName: tables.sends,
        Keys: [...keys.values()].map(({ key }) => key),
        ConsistentRead: true,
      });
      return new Map(
        items.flatMap(({ userId, sendKey, seq }): [string, number][] => {
          const found = keys.get(JSON.stringify({ userId, sendKey }));
          // Without a number it is a send of that id which is under way.
          return found === undefined || typeof seq !== 'number' ? [] : [[importKey(found.send), seq]];
        }),
      );
    },
  };

  function writesOf({ message, held, hiddenFor }: Imported): readonly Write[] {
    const writes = eventWrites(tables.messages, message, held, marginSeconds);
    if (hiddenFor.length === 0) return writes;
    return writes.map(({ Put }) => ({ Put: Put && { ...Put, Item: { ...Put.Item, hiddenFor } } }));
  }
}

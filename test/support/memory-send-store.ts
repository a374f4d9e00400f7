import type { Placed } from '../../shared/stores/expiry/expiry.ts';
import { decodeSendKey, type SendKey, sendKeyOf } from '../../shared/stores/sends/send-key.ts';
import type { IdempotencyRecord, SendStore, TransientSend } from '../../shared/stores/sends/send-store.ts';
import { direct, type Step } from './step.ts';

/** The records of one conversation, by `sendName`. */
export type SendRows = Map<string, IdempotencyRecord>;

export const sendName = ({ userId, sendKey }: SendKey): string => `${userId} ${sendKey}`;

export type MemorySends = {
  of(conversationId: string): SendRows;
  all(): Iterable<SendRows>;
  /** The counter on a conversation's head, for sends of messages that are not stored. */
  lastSeq?(conversationId: string): number;
  advance?(conversationId: string, placed: Placed): void;
};

type Options = { readonly step?: Step; readonly pageSize?: number };

/** In memory, with the consistency that DynamoDB gives to single items and to one transaction. */
export function memorySendStore(
  sends: MemorySends,
  { step = direct, pageSize = 2 }: Options = {},
): SendStore {
  const rowsOf = (key: SendKey) => sends.of(decodeSendKey(key.sendKey).conversationId);
  const ofUser = (userId: string) =>
    [...sends.all()]
      .flatMap((rows) => [...rows.values()])
      .filter((record) => record.userId === userId)
      .sort((one, other) => (one.sendKey < other.sendKey ? -1 : 1));
  const nextOf = (all: readonly SendKey[]) => {
    const last = all.length > pageSize ? all[pageSize - 1] : undefined;
    return last === undefined ? {} : { next: last.sendKey };
  };

  return {
    claim: async (record) =>
      step(() => {
        const earlier = rowsOf(record).get(sendName(record));
        if (earlier === undefined) rowsOf(record).set(sendName(record), record);
        return earlier;
      }),

    // An update makes the item that it does not find.
    recordResult: async ({ userId, sendKey }, { seq, sentAt, expiresAt }) =>
      step(() => {
        const key = { userId, sendKey };
        const record = rowsOf(key).get(sendName(key)) ?? (key as IdempotencyRecord);
        rowsOf(key).set(sendName(key), { ...record, seq, sentAt, expiresAt });
      }),

    takeNumber: async ({ conversationId, id, from, seq, sentAt, expiresAt }, _end) =>
      step(() => {
        const key = sendKeyOf({ conversationId, id, from });
        const earlier = rowsOf(key).get(sendName(key));
        if (earlier !== undefined) return { earlier: earlier as TransientSend };
        if (sends.lastSeq?.(conversationId) !== seq - 1) return 'behind';
        sends.advance?.(conversationId, { seq, sentAt, expiresAt });
        const record: TransientSend = { ...key, claimedAt: sentAt, expiresAt, seq, sentAt };
        rowsOf(key).set(sendName(key), record);
        return 'taken';
      }),

    find: async (key) => step(() => rowsOf(key).get(sendName(key)) as TransientSend | undefined),

    markPushed: async (key) =>
      step(() => {
        const record = rowsOf(key).get(sendName(key));
        if (record === undefined) throw new Error('no such send');
        const pushed: TransientSend = { ...(record as TransientSend), pushed: true };
        rowsOf(key).set(sendName(key), pushed);
      }),

    list: async (userId, after = '') =>
      step(() => {
        const records = ofUser(userId).filter(({ sendKey }) => sendKey > after);
        return { records: records.slice(0, pageSize), ...nextOf(records) };
      }),

    // As in DynamoDB, what the filter takes out has been counted for the page.
    listKeys: async (userId, claimedBy, after = '', to = '~') =>
      step(() => {
        const inRange = ofUser(userId).filter(({ sendKey }) => sendKey > after && sendKey <= to);
        const keys = inRange
          .slice(0, pageSize)
          .filter(({ claimedAt }) => claimedAt === undefined || claimedAt <= claimedBy)
          .map(({ sendKey }) => sendKey);
        return { keys, ...nextOf(inRange) };
      }),

    remove: async (key) => step(() => void rowsOf(key).delete(sendName(key))),
  };
}

import type { EpochSeconds } from '../../time.ts';
import { pinsKey } from '../conversations/conversation-item.ts';
import type { Database } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import type { Write } from '../membership-changes/event-writes.ts';

/** Where a message was pinned; whether it still is says the message, which may have been erased or taken back since. */
export type Pin = {
  readonly seq: number;
  /** Of the change by which it was pinned: the higher one is the newer pin. */
  readonly rev: number;
  /** When the message ends, and its pin with it. */
  readonly expiresAt: EpochSeconds;
};

/** All that were pinned there and not taken away, the newest last. */
export type PinList = {
  readonly conversationId: string;
  readonly pins: readonly Pin[];
  /** Of the change that wrote it last; undefined where there is none. */
  readonly rev: number | undefined;
};

export type PinStore = {
  /** Strongly consistent. */
  readPins(conversationId: string): Promise<PinList>;
  /** Part of a transaction: in place of the list as it was read, if it is still as it was. */
  replacing(read: PinList, pins: readonly Pin[], rev: number): Write;
};

/** One row a conversation: numbers and times, nobody's id. It goes by time to live with the last of the messages. */
export function pinStore(db: Database, TableName: string): PinStore {
  return {
    async readPins(conversationId) {
      const item = await getItem(db, { TableName, Key: pinsKey(conversationId) });
      const { pins = [], rev } = (item ?? {}) as Partial<Pick<PinList, 'pins' | 'rev'>>;
      return { conversationId, pins, rev };
    },

    replacing({ conversationId, rev: seen }, pins, rev) {
      const condition =
        seen === undefined
          ? { ConditionExpression: 'attribute_not_exists(conversationId)' }
          : { ConditionExpression: 'rev = :seen', ExpressionAttributeValues: { ':seen': seen } };
      const Key = pinsKey(conversationId);
      if (pins.length === 0) return { Delete: { TableName, Key, ...condition } };
      const expiresAt = Math.max(...pins.map((pin) => pin.expiresAt));
      return { Put: { TableName, Item: { ...Key, pins, rev, expiresAt }, ...condition } };
    },
  };
}

import type { ReactionCount } from '../../protocol/reactions/table.ts';
import type { Change } from '../changes/change.ts';
import { changePut } from '../changes/change-store.ts';
import { isApplied } from '../dynamodb/conditional-write.ts';
import { type Database, TransactWriteCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import type { Write } from '../membership-changes/event-writes.ts';
import type {
  MessageChange,
  MessageChanged,
  MessageChangeStore,
} from '../message-changes/message-change-store.ts';
import type { Message } from '../messages/message.ts';
import { type MessageHeader, toHeader } from '../messages/message-header.ts';
import { toMessage } from '../messages/message-store.ts';
import { type OwnReaction, type OwnReactions, ownReactionsKey, toOwnReactions } from './own-reactions.ts';

/** A message that somebody reacts to, whoever may read it. */
export type ReactedMessage = {
  readonly header: MessageHeader;
  readonly message: Message;
  readonly counts: readonly ReactionCount[];
  /** Until then somebody is about to tell of its reactions; see `tellAt` below. */
  readonly toldAt: number;
};

/** What somebody has given a message, from now on. */
export type OwnChange = {
  readonly userId: string;
  /** As it was read; undefined: nothing. */
  readonly before: OwnReactions | undefined;
  readonly given: readonly OwnReaction[];
  /** Stored without a time to live. */
  readonly held: boolean;
};

/** All that they have given a message, or a part of it. */
export type RetractedReactions = {
  readonly userId: string;
  readonly row: OwnReactions;
  readonly left: readonly OwnReaction[];
};

export type ReactionStore = {
  /** Strongly consistent. Nothing of a message that is gone or erased. */
  readMessage(conversationId: string, seq: number): Promise<ReactedMessage | undefined>;
  /** Likewise. */
  readOwn(userId: string, conversationId: string, seq: number): Promise<OwnReactions | undefined>;
  /** The counts, the change and what they have given: all of it, or nothing. `tellAt`: when somebody will tell of it. */
  changeReactions(
    change: Omit<MessageChange, 'set'>,
    counts: readonly ReactionCount[],
    own: OwnChange,
    message: Message,
    tellAt?: number,
  ): Promise<MessageChanged>;
  /** What nobody else learns of; false when something of it has changed meanwhile. */
  changeUnseen(own: OwnChange, message: Message): Promise<boolean>;
  /** Takes away what they have given, and with it their part of the counts; false when something has changed meanwhile. */
  retract(
    own: RetractedReactions,
    from: {
      readonly seenRev: number | undefined;
      readonly counts: readonly ReactionCount[];
      readonly change: Change;
    },
  ): Promise<boolean>;
  /** Only from their row: what it counts in is gone, or nobody else knows of it. False when it has changed meanwhile. */
  forget(own: RetractedReactions): Promise<boolean>;
};

type Tables = { readonly messages: string; readonly changes: string; readonly personal: string };

export function reactionStore(
  db: Database,
  tables: Tables,
  changes: Pick<MessageChangeStore, 'changeMessage'>,
): ReactionStore {
  return {
    async readMessage(conversationId, seq) {
      const item = await getItem(db, { TableName: tables.messages, Key: { conversationId, seq } });
      if (item === undefined || item['from'] === undefined) return undefined;
      const { reactions: counts = [], reactionsToldAt: toldAt = 0 } = item as Reacted;
      return { header: toHeader(item), message: toMessage(item), counts, toldAt };
    },

    async readOwn(userId, conversationId, seq) {
      const Key = ownReactionsKey(userId, conversationId, seq);
      const item = await getItem(db, { TableName: tables.personal, Key });
      return item && toOwnReactions(item);
    },

    changeReactions: async (change, counts, own, message, tellAt) =>
      changes.changeMessage({
        ...change,
        set: { reactions: counts, ...(tellAt !== undefined && { reactionsToldAt: tellAt }) },
        also: [ownWrite(own, message)],
      }),

    async changeUnseen(own, message) {
      const { conversationId, seq } = message;
      const mark: Write = {
        Update: {
          TableName: tables.messages,
          Key: { conversationId, seq },
          // A list, be it empty, has whoever reads the message look for what is theirs.
          UpdateExpression: 'SET reactions = if_not_exists(reactions, :none)',
          ConditionExpression: 'attribute_exists(#from) AND attribute_not_exists(recalledAt)',
          ExpressionAttributeNames: { '#from': 'from' },
          ExpressionAttributeValues: { ':none': [] },
        },
      };
      return isApplied(db.send(new TransactWriteCommand({ TransactItems: [ownWrite(own, message), mark] })));
    },

    async retract(own, { seenRev, counts, change }) {
      const { conversationId, seq } = own.row;
      const message: Write = {
        Update: {
          TableName: tables.messages,
          Key: { conversationId, seq },
          UpdateExpression: 'SET reactions = :counts, rev = :rev',
          ConditionExpression: `attribute_exists(#from) AND attribute_not_exists(recalledAt) AND ${
            seenRev === undefined ? 'attribute_not_exists(rev)' : 'rev = :seen'
          }`,
          ExpressionAttributeNames: { '#from': 'from' },
          ExpressionAttributeValues: {
            ':counts': counts,
            ':rev': change.rev,
            ...(seenRev !== undefined && { ':seen': seenRev }),
          },
        },
      };
      const TransactItems = [message, { Put: changePut(tables.changes, change) }, ownRest(own)];
      return isApplied(db.send(new TransactWriteCommand({ TransactItems })));
    },

    forget: async (own) => isApplied(db.send(new TransactWriteCommand({ TransactItems: [ownRest(own)] }))),
  };

  function ownWrite({ userId, before, given, held }: OwnChange, message: ReactedKey): Write {
    const { conversationId, seq, sentAt, expiresAt: end } = message;
    if (given.length === 0 && before !== undefined) return removal(userId, before);
    const Item = {
      ...ownReactionsKey(userId, conversationId, seq),
      ...{ given, sentAt },
      ...(held || before?.held === true ? { heldExpiresAt: end } : { expiresAt: end }),
    };
    return { Put: { TableName: tables.personal, Item, ...ifStill(before) } };
  }

  function ownRest({ userId, row, left: given }: RetractedReactions): Write {
    return ownWrite({ userId, before: row, given, held: row.held }, row);
  }

  function removal(userId: string, row: OwnReactions): Write {
    const Key = ownReactionsKey(userId, row.conversationId, row.seq);
    return { Delete: { TableName: tables.personal, Key, ...ifStill(row) } };
  }
}

type ReactedKey = Pick<OwnReactions, 'conversationId' | 'seq' | 'sentAt' | 'expiresAt'>;
type Reacted = { readonly reactions?: readonly ReactionCount[]; readonly reactionsToldAt?: number };

function ifStill(before: OwnReactions | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(userId)' };
  return {
    ConditionExpression: 'given = :before',
    ExpressionAttributeValues: { ':before': before.given },
  };
}

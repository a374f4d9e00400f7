import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type EpochMillis, epochMillis } from '../../time.ts';
import { succeeds, unlessRefused } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { placeOfCursors } from './live-shard.ts';

/** One of the parts of a room. */
export type RoomShard = { readonly conversationId: string; readonly shard: number };

/** Who tells the connections of one part of a room, alone until then. */
export type Lease = {
  readonly id: string;
  /** All up to this number have been told of. */
  readonly seq: number;
  /** Not earlier, so that what is written in a row is told of together. */
  readonly nextAt: EpochMillis;
  /** Whoever had it before never gave it back: nobody knows whom they have told of what came after `seq`. */
  readonly wasLeft: boolean;
};

export type Progress = { readonly seq: number; readonly nextAt: EpochMillis };

/** How far each part of a room has been told, and who is telling it. */
export type RoomCursorStore = {
  /**
   * Undefined while somebody else has it, who is told to look again before they give it back; and where nobody has ever watched.
   */
  take(shard: RoomShard, id: string, now: EpochMillis, until: EpochMillis): Promise<Lease | undefined>;
  /** What was told, for as long as it is still ours: false when it is not. Whatever was asked for meanwhile is still to be looked at. */
  goOn(shard: RoomShard, id: string, progress: Progress, until: EpochMillis): Promise<boolean>;
  /** `again`: somebody has asked meanwhile, and it is still ours. `lost`: it is somebody else's. */
  giveBack(
    shard: RoomShard,
    id: string,
    progress: Progress,
    evenIf?: 'whoever asks',
  ): Promise<'given back' | 'again' | 'lost'>;
  /** How far it has been told; strongly consistent. */
  read(shard: RoomShard): Promise<number | undefined>;
};

/** Each lost race means that somebody has given it back and somebody else has taken it. */
const attempts = 10;

export function roomCursorStore(db: Database, TableName: string): RoomCursorStore {
  return {
    async take(shard, id, now, until) {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const outcome = await unlessRefused(
          db.send(
            new UpdateCommand({
              TableName,
              Key: keyOf(shard),
              UpdateExpression: 'SET leaseId = :id, leaseUntil = :until REMOVE again',
              ConditionExpression:
                'attribute_exists(seq) AND (attribute_not_exists(leaseUntil) OR leaseUntil < :now)',
              ExpressionAttributeValues: { ':id': id, ':until': until, ':now': now },
              ReturnValues: 'ALL_OLD',
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            }),
          ),
        );
        if ('result' in outcome) return toLease(id, outcome.result.Attributes ?? {});
        const { again, leaseId } = outcome.item === undefined ? {} : unmarshall(outcome.item);
        // Whoever has it looks once more before they give it back, and finds what was stored before this.
        if (leaseId === undefined || again === true) return undefined;
        if (await askAgain(shard, leaseId)) return undefined;
      }
      throw new Error('this part of the room is taken and given back all the time');
    },

    goOn: async (shard, id, { seq, nextAt }, until) =>
      succeeds(
        db.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(shard),
            UpdateExpression: 'SET seq = :seq, nextAt = :nextAt, leaseUntil = :until REMOVE again',
            ConditionExpression: 'leaseId = :id',
            ExpressionAttributeValues: { ':id': id, ':seq': seq, ':nextAt': nextAt, ':until': until },
          }),
        ),
      ),

    async giveBack(shard, id, { seq, nextAt }, evenIf) {
      const outcome = await unlessRefused(
        db.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(shard),
            UpdateExpression: 'SET seq = :seq, nextAt = :nextAt REMOVE leaseId, leaseUntil, again',
            ConditionExpression:
              evenIf === undefined ? 'leaseId = :id AND attribute_not_exists(again)' : 'leaseId = :id',
            ExpressionAttributeValues: { ':id': id, ':seq': seq, ':nextAt': nextAt },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      );
      if ('result' in outcome) return 'given back';
      return outcome.item !== undefined && unmarshall(outcome.item)['leaseId'] === id ? 'again' : 'lost';
    },

    async read(shard) {
      const seq = (await getItem(db, { TableName, Key: keyOf(shard) }))?.['seq'];
      return typeof seq === 'number' ? seq : undefined;
    },
  };

  async function askAgain(shard: RoomShard, leaseId: unknown): Promise<boolean> {
    const update = new UpdateCommand({
      TableName,
      Key: keyOf(shard),
      UpdateExpression: 'SET again = :true',
      ConditionExpression: 'leaseId = :leaseId',
      ExpressionAttributeValues: { ':true': true, ':leaseId': leaseId },
    });
    return succeeds(db.send(update));
  }
}

const keyOf = ({ conversationId, shard }: RoomShard) => ({
  place: placeOfCursors(conversationId),
  entry: String(shard),
});

function toLease(id: string, { seq, nextAt, leaseUntil }: Record<string, unknown>): Lease {
  return {
    id,
    seq: Number(seq),
    nextAt: epochMillis(Number(nextAt ?? 0)),
    wasLeft: leaseUntil !== undefined,
  };
}

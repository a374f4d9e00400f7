import { type EpochMillis, type EpochSeconds, epochSeconds } from '../../time.ts';
import { existingItem, succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, PutCommand, UpdateCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { queryItems } from '../dynamodb/query-items.ts';
import type { Upload } from './export-file-store.ts';
import type { ExportRequest, Place, RequestedBy } from './export-request.ts';
import { decodeExportKey, exportKey, type PrivacyKey, privacyPartitions } from './privacy-keys.ts';
import { privacyQuery } from './privacy-query.ts';

/** With `readableUntil` it is ready, with a `place` it goes on there. */
export type Progress = Pick<ExportRequest, 'parts' | 'updatedAt' | 'partEnds' | 'partStarts' | 'zipKeys'> &
  ({ readonly place: Place } | { readonly readableUntil: EpochMillis });

export type ExportStore = {
  /** Strongly consistent. */
  read(userId: string): Promise<ExportRequest | undefined>;
  /** False when the user has one already. */
  create(request: ExportRequest): Promise<boolean>;
  /** Each of these is false when the export is gone, or is no longer as it was read. */
  addRequester(request: ExportRequest, requester: RequestedBy): Promise<boolean>;
  touch(request: ExportRequest, updatedAt: EpochMillis): Promise<boolean>;
  take(request: ExportRequest, upload: Upload): Promise<boolean>;
  advance(request: ExportRequest, uploadId: string, progress: Progress): Promise<boolean>;
  /** Of one that is being written: from its beginning, whoever writes it. Nothing leads to what was written any more. */
  restart(request: ExportRequest, updatedAt: EpochMillis): Promise<boolean>;
  /** Resolves to what it is by now when somebody has got on with it; then it stays. */
  remove(request: ExportRequest): Promise<ExportRequest | undefined>;
  /** By user, from the one behind `after` on, a page at a time as they are asked for. */
  each(after?: string): AsyncIterable<ExportRequest>;
};

/** A backstop: the record outlives what it leads to, which the bucket itself deletes after a day. */
const recordSeconds = 4 * 86_400;

export function exportStore(db: Database, TableName: string): ExportStore {
  return {
    async read(userId) {
      const item = await getItem(db, { TableName, Key: exportKey(userId) });
      return item && decode(item);
    },

    create: async (request) =>
      succeeds(
        db.send(
          new PutCommand({
            TableName,
            Item: encode(request),
            ConditionExpression: 'attribute_not_exists(requestId)',
          }),
        ),
      ),

    addRequester: async (request, requester) =>
      change(request, {
        expression: 'ADD askedBy :requester',
        values: { ':requester': new Set([requester]) },
      }),

    touch: async (request, updatedAt) =>
      change(request, {
        expression: 'SET updatedAt = :at',
        condition: 'updatedAt = :seen',
        values: { ':at': updatedAt, ':seen': request.updatedAt },
      }),

    async take({ uploadId: seen, ...request }, { uploadId, key }) {
      return change(request, {
        expression: 'SET uploadId = :uploadId, uploadKey = :key',
        condition: `parts = :parts AND ${ifTakenBy(seen)}`,
        values: {
          ':uploadId': uploadId,
          ':key': key,
          ':parts': request.parts,
          ...(seen !== undefined && { ':seen': seen }),
        },
      });
    },

    async advance(
      request,
      uploadId,
      { parts, updatedAt, partEnds = [], partStarts = [], zipKeys = [], ...end },
    ) {
      const isReady = 'readableUntil' in end;
      return change(request, {
        expression: `SET parts = :parts, partEnds = :partEnds, partStarts = :partStarts, zipKeys = :keys, updatedAt = :at, expiresAt = :expiresAt,
          ${isReady ? 'readableUntil = :end, #state = :ready' : 'place = :end'} REMOVE uploadId, uploadKey`,
        condition: 'uploadId = :uploadId',
        values: {
          ':parts': parts,
          ':partEnds': partEnds,
          ':partStarts': partStarts,
          ':keys': zipKeys,
          ':at': updatedAt,
          ':expiresAt': recordEnd(updatedAt),
          ':end': isReady ? end.readableUntil : end.place,
          ':uploadId': uploadId,
          ...(isReady && { ':ready': 'ready' }),
        },
        ...(isReady && { names: { '#state': 'state' } }),
      });
    },

    async restart({ parts, uploadId: seen, ...request }, updatedAt) {
      return change(request, {
        expression: `SET parts = :none, updatedAt = :at, expiresAt = :expiresAt
          REMOVE place, partEnds, partStarts, zipKeys, uploadId, uploadKey`,
        condition: `#state = :accepted AND parts = :parts AND
          ${ifTakenBy(seen)}`,
        values: {
          ':none': 0,
          ':at': updatedAt,
          ':expiresAt': recordEnd(updatedAt),
          ':accepted': 'accepted',
          ':parts': parts,
          ...(seen !== undefined && { ':seen': seen }),
        },
        names: { '#state': 'state' },
      });
    },

    async remove({ userId, requestId, parts, uploadId: seen }) {
      const other = await existingItem(
        db.send(
          new DeleteCommand({
            TableName,
            Key: exportKey(userId),
            ConditionExpression: `attribute_not_exists(requestId)
              OR requestId = :requestId AND parts = :parts AND ${ifTakenBy(seen)}`,
            ExpressionAttributeValues: {
              ':requestId': requestId,
              ':parts': parts,
              ...(seen !== undefined && { ':seen': seen }),
            },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      );
      const now = other && decode(other);
      return now?.requestId === requestId ? now : undefined;
    },

    async *each(after) {
      const place = after !== undefined && { after };
      const query = privacyQuery(TableName, { record: privacyPartitions.exports, ...place });
      for await (const item of queryItems(db, query)) yield decode(item);
    },
  };

  /** Nothing where the user has no export, or another one by now. */
  async function change(
    { userId, requestId }: Pick<ExportRequest, 'userId' | 'requestId'>,
    { expression, condition, values, names }: Change,
  ): Promise<boolean> {
    const update = new UpdateCommand({
      TableName,
      Key: exportKey(userId),
      UpdateExpression: expression,
      ConditionExpression: `requestId = :requestId${condition === undefined ? '' : ` AND ${condition}`}`,
      ...(names && { ExpressionAttributeNames: names }),
      ExpressionAttributeValues: { ...values, ':requestId': requestId },
    });
    return succeeds(db.send(update));
  }
}

/** It is still written into that upload, or still by nobody. */
function ifTakenBy(seen: string | undefined): string {
  return seen === undefined ? 'attribute_not_exists(uploadId)' : 'uploadId = :seen';
}

type Change = {
  readonly expression: string;
  readonly condition?: string;
  readonly values: Record<string, unknown>;
  readonly names?: Record<string, string>;
};

function recordEnd(instant: EpochMillis): EpochSeconds {
  return (epochSeconds(instant) + recordSeconds) as EpochSeconds;
}

type Item = Omit<ExportRequest, 'userId' | 'requestedBy'> &
  PrivacyKey & {
    /** Who requested it, under the name that is stored. */
    readonly askedBy: ExportRequest['requestedBy'];
    readonly expiresAt: EpochSeconds;
  };

function encode({ userId, requestedBy: askedBy, ...request }: ExportRequest): Item {
  return { ...exportKey(userId), ...request, askedBy, expiresAt: recordEnd(request.updatedAt) };
}

function decode(item: Record<string, unknown>): ExportRequest {
  const { record: _record, at, expiresAt: _expiresAt, askedBy, ...request } = item as Item;
  return { ...request, ...decodeExportKey({ at }), requestedBy: askedBy };
}

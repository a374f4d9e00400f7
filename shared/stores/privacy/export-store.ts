import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type EpochMillis, type EpochSeconds, epochSeconds } from '../../time.ts';
import type { ExportRequest, Place, RequestedBy } from './export-request.ts';

/** With `readableUntil` it is ready, with a `place` it goes on there. */
export type Progress = { readonly parts: number; readonly updatedAt: EpochMillis } & (
  | { readonly place: Place }
  | { readonly readableUntil: EpochMillis }
);

export type ExportStore = {
  /** Strongly consistent. */
  read(userId: string): Promise<ExportRequest | undefined>;
  /** False when the user has one already. */
  create(request: ExportRequest): Promise<boolean>;
  /** Each of these is false when the export is gone, or is no longer as it was read. */
  addRequester(request: ExportRequest, requester: RequestedBy): Promise<boolean>;
  touch(request: ExportRequest, updatedAt: EpochMillis): Promise<boolean>;
  take(request: ExportRequest, uploadId: string): Promise<boolean>;
  advance(request: ExportRequest, uploadId: string, progress: Progress): Promise<boolean>;
  remove(request: ExportRequest): Promise<void>;
  list(): Promise<readonly ExportRequest[]>;
};

const record = 'exports';
/** A backstop: the record outlives what it leads to, which the bucket itself deletes after a day. */
const recordSeconds = 4 * 86_400;

export function exportStore(db: DynamoDBDocumentClient, tableName: string): ExportStore {
  return {
    async read(userId) {
      const Key = { record, at: userId };
      const { Item } = await db.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
      return Item && toRequest(Item);
    },

    create: async ({ userId, requestedBy, ...request }) =>
      succeeds(
        new PutCommand({
          TableName: tableName,
          Item: {
            record,
            at: userId,
            askedBy: requestedBy,
            ...request,
            expiresAt: lifeFrom(request.updatedAt),
          },
          ConditionExpression: 'attribute_not_exists(#record)',
          ExpressionAttributeNames: { '#record': 'record' },
        }),
      ),

    addRequester: async (request, requester) =>
      change(request, 'ADD askedBy :requester', { ':requester': new Set([requester]) }),

    touch: async (request, updatedAt) =>
      change(
        request,
        'SET updatedAt = :at',
        { ':at': updatedAt, ':seen': request.updatedAt },
        'updatedAt = :seen',
      ),

    take: async (request, uploadId) =>
      change(
        request,
        'SET uploadId = :uploadId',
        {
          ':uploadId': uploadId,
          ':parts': request.parts,
          ...(request.uploadId !== undefined && { ':seen': request.uploadId }),
        },
        `parts = :parts AND ${request.uploadId === undefined ? 'attribute_not_exists(uploadId)' : 'uploadId = :seen'}`,
      ),

    async advance(request, uploadId, { parts, updatedAt, ...end }) {
      const [set, value] =
        'place' in end
          ? ['place = :end', end.place]
          : ['readableUntil = :end, #state = :ready', end.readableUntil];
      const values = {
        ':parts': parts,
        ':at': updatedAt,
        ':expiresAt': lifeFrom(updatedAt),
        ':end': value,
        ':uploadId': uploadId,
        ...('readableUntil' in end && { ':ready': 'ready' }),
      };
      return change(
        request,
        `SET parts = :parts, updatedAt = :at, expiresAt = :expiresAt, ${set} REMOVE uploadId`,
        values,
        'uploadId = :uploadId',
      );
    },

    async remove({ userId, requestId }) {
      await succeeds(
        new DeleteCommand({
          TableName: tableName,
          Key: { record, at: userId },
          ConditionExpression: 'requestId = :requestId',
          ExpressionAttributeValues: { ':requestId': requestId },
        }),
      );
    },

    async list() {
      const requests: ExportRequest[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await db.send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression: '#record = :record',
            ExpressionAttributeNames: { '#record': 'record' },
            ExpressionAttributeValues: { ':record': record },
            ConsistentRead: true,
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        );
        requests.push(...(page.Items ?? []).map(toRequest));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return requests;
    },
  };

  async function change(
    { userId, requestId }: ExportRequest,
    expression: string,
    values: Record<string, unknown>,
    condition?: string,
  ): Promise<boolean> {
    return succeeds(
      new UpdateCommand({
        TableName: tableName,
        Key: { record, at: userId },
        UpdateExpression: expression,
        ConditionExpression: ['requestId = :requestId', condition].filter(Boolean).join(' AND '),
        ...(expression.includes('#state') && { ExpressionAttributeNames: { '#state': 'state' } }),
        ExpressionAttributeValues: { ...values, ':requestId': requestId },
      }),
    );
  }

  async function succeeds(command: PutCommand | UpdateCommand | DeleteCommand): Promise<boolean> {
    try {
      if (command instanceof PutCommand) await db.send(command);
      else if (command instanceof UpdateCommand) await db.send(command);
      else await db.send(command);
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

function lifeFrom(instant: EpochMillis): EpochSeconds {
  return (epochSeconds(instant) + recordSeconds) as EpochSeconds;
}

function toRequest(item: Record<string, unknown>): ExportRequest {
  const { record: _record, at, expiresAt: _expiresAt, askedBy: requestedBy, ...request } = item;
  return { ...request, requestedBy, userId: String(at) } as unknown as ExportRequest;
}

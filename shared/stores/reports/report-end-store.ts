import type { EpochMillis } from '../../time.ts';
import { isApplied, succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, TransactWriteCommand, UpdateCommand } from '../dynamodb/database.ts';
import { reportedKey } from '../personal/reported-store.ts';
import type { DecisionRecord, Report } from './report.ts';
import { decisionKey, heldKey, reporterKey, reportKey, toDecisionItem, toReportItem } from './report-item.ts';
import { type ReportReadStore, reportReadStore } from './report-read-store.ts';
import type { ReportTables } from './report-store.ts';

/** A report that a legal hold keeps although it is over. */
export type HeldReport = Pick<Report, 'reportId' | 'copyId' | 'conversationId' | 'from'>;

/** Reports as they come to their end. Whatever is deleted here is deleted only if it is still the one that is meant. */
export type ReportEndStore = ReportReadStore & {
  /** Nobody reads it from then on. With a decision, that is noted in the same write. False where it is ending or gone. */
  beginEnding(report: Report, at: EpochMillis, record?: DecisionRecord): Promise<boolean>;
  /** Out of the report, and the report out of what they have for themselves. */
  forgetReporters(reportId: string, userIds: readonly string[]): Promise<void>;
  /** Puts it aside where time to live does not come, and where nothing reads it. False where it is gone. */
  keepHeld(report: Report, at: EpochMillis): Promise<boolean>;
  /** Looked at, and still held. */
  holdOn(held: HeldReport, at: EpochMillis): Promise<boolean>;
  removeHeld(held: HeldReport): Promise<void>;
  /** False where it is not ending, or gone. */
  remove(report: Report): Promise<boolean>;
  removeDecision(record: Pick<DecisionRecord, 'reportId' | 'decidedAt'>): Promise<boolean>;
};

/** As many as one transaction takes, of two items each. */
const mostPairs = 50;

export function reportEndStore(db: Database, { reports, personal }: ReportTables): ReportEndStore {
  return {
    ...reportReadStore(db, reports),

    async beginEnding(report, at, record) {
      const update = {
        TableName: reports,
        Key: reportKey(report.reportId),
        UpdateExpression: `SET #state = :ending, #at = :at, endedAt = :at${record ? ', decision = :decision' : ''}`,
        ConditionExpression: 'copyId = :copy AND #state <> :ending',
        ExpressionAttributeNames: { '#state': 'state', '#at': 'at' },
        ExpressionAttributeValues: {
          ':ending': 'ending',
          ':at': at,
          ':copy': report.copyId,
          ...(record && { ':decision': record.decision }),
        },
      };
      if (record === undefined) return succeeds(db.send(new UpdateCommand(update)));
      const put = {
        TableName: reports,
        Item: toDecisionItem(record),
        ConditionExpression: 'attribute_not_exists(reportId)',
      };
      return isApplied(
        db.send(new TransactWriteCommand({ TransactItems: [{ Update: update }, { Put: put }] })),
      );
    },

    async forgetReporters(reportId, userIds) {
      // Both at once: what is left of one of them would be found by nobody whom they ask to be forgotten by.
      for (let from = 0; from < userIds.length; from += mostPairs) {
        const TransactItems = userIds
          .slice(from, from + mostPairs)
          .flatMap((userId) => [
            { Delete: { TableName: personal, Key: reportedKey(userId, reportId) } },
            { Delete: { TableName: reports, Key: reporterKey(reportId, userId) } },
          ]);
        if (!(await isApplied(db.send(new TransactWriteCommand({ TransactItems })))))
          throw new Error('somebody else writes there: the sweeper comes back');
      }
    },

    async keepHeld(report, at) {
      const { entry: _entry, expiresAt: _ttl, endsAt, ...item } = toReportItem(report);
      const Item = { ...item, ...heldKey(report), heldExpiresAt: endsAt, state: 'held', at };
      return isApplied(
        db.send(
          new TransactWriteCommand({
            TransactItems: [
              { Delete: { TableName: reports, Key: reportKey(report.reportId), ...ifEnding(report) } },
              { Put: { TableName: reports, Item } },
            ],
          }),
        ),
      );
    },

    holdOn: async (held, at) =>
      succeeds(
        db.send(
          new UpdateCommand({
            TableName: reports,
            Key: heldKey(held),
            UpdateExpression: 'SET #at = :at',
            ConditionExpression: 'attribute_exists(reportId)',
            ExpressionAttributeNames: { '#at': 'at' },
            ExpressionAttributeValues: { ':at': at },
          }),
        ),
      ),

    async removeHeld(held) {
      await db.send(new DeleteCommand({ TableName: reports, Key: heldKey(held) }));
    },

    remove: async (report) =>
      succeeds(
        db.send(
          new DeleteCommand({ TableName: reports, Key: reportKey(report.reportId), ...ifEnding(report) }),
        ),
      ),

    removeDecision: async ({ reportId, decidedAt }) =>
      succeeds(
        db.send(
          new DeleteCommand({
            TableName: reports,
            Key: decisionKey(reportId),
            ConditionExpression: 'decidedAt = :at',
            ExpressionAttributeValues: { ':at': decidedAt },
          }),
        ),
      ),
  };
}

const ifEnding = ({ copyId }: Report) => ({
  ConditionExpression: 'copyId = :copy AND #state = :ending',
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: { ':copy': copyId, ':ending': 'ending' },
});

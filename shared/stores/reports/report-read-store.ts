import { type Database, QueryCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import type { DecisionRecord, Report, Reporter } from './report.ts';
import { decisionKey, type Item, reportersOf, reportKey, toDecision, toReport } from './report-item.ts';

/** Single reports, whether or not their time is over: who reads them decides. */
export type ReportReadStore = {
  /** Strongly consistent. */
  read(reportId: string): Promise<Report | undefined>;
  readDecision(reportId: string): Promise<DecisionRecord | undefined>;
  /** Those who have reported it; in the order of their ids, all that are counted. */
  reporters(reportId: string): Promise<readonly Reporter[]>;
};

/** More than can be counted: two may have come at the same time. */
const widest = 200;

export function reportReadStore(db: Database, reports: string): ReportReadStore {
  return {
    async read(reportId) {
      const item = await getItem<Item>(db, { TableName: reports, Key: reportKey(reportId) });
      return item && toReport(item);
    },

    async readDecision(reportId) {
      const item = await getItem<Item>(db, { TableName: reports, Key: decisionKey(reportId) });
      return item && toDecision(item);
    },

    async reporters(reportId) {
      const { Items = [] } = await db.send(
        new QueryCommand({
          TableName: reports,
          KeyConditionExpression: 'reportId = :id AND begins_with(entry, :by)',
          ExpressionAttributeValues: { ':id': reportId, ':by': reportersOf.prefix },
          Limit: widest,
          ConsistentRead: true,
        }),
      );
      return Items.map(({ entry, reason, reportedAt }) => ({
        userId: reportersOf.userIdOf(String(entry)),
        reason,
        reportedAt,
      }));
    },
  };
}

import type { EpochMillis } from '../../time.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { isApplied, succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, TransactWriteCommand, UpdateCommand } from '../dynamodb/database.ts';
import type { MediaVariantName } from '../media/media-objects.ts';
import { reportedKey } from '../personal/reported-store.ts';
import {
  type DecisionRecord,
  decisionSeconds,
  mostReporters,
  type Report,
  type Reporter,
  reportSlackSeconds,
} from './report.ts';
import { decisionKey, reporterKey, reportKey, toDecision, toReport, toReportItem } from './report-item.ts';

export type ReportTables = { readonly reports: string; readonly personal: string };

/** How things are with a message that somebody may report. */
export type ReportLook = {
  readonly report?: Report;
  readonly decision?: DecisionRecord;
  /** Whether this person is among those who have reported it. */
  readonly isReporter: boolean;
};

/**
 * Reports as they are made. What is written is written in one transaction with the reporter's own row, which leads to
 * theirs here: an erasure finds all that they have reported.
 */
export type ReportStore = {
  /** Strongly consistent. A decision whose time is over is none. */
  look(reportId: string, userId: string, now: EpochMillis): Promise<ReportLook>;
  /** With who reports it first. False where there is one meanwhile, or somebody has decided. */
  begin(report: Report, reporter: Reporter): Promise<boolean>;
  /** One more, while it is not ending and not yet full. False otherwise, or where they are among them already. */
  join(report: Report, reporter: Reporter): Promise<boolean>;
  /** Whoever copies says so first. False where it is no longer being copied. */
  beginCopying(report: Report, at: EpochMillis): Promise<boolean>;
  /** Likewise: it is open from then on. */
  endCopying(report: Report, media: readonly MediaVariantName[]): Promise<boolean>;
};

export function reportStore(db: Database, { reports, personal }: ReportTables): ReportStore {
  return {
    async look(reportId, userId, now) {
      const Keys = [reportKey(reportId), decisionKey(reportId), reporterKey(reportId, userId)];
      const items = await batchGet(db, { TableName: reports, Keys, ConsistentRead: true });
      const [report, decision, own] = Keys.map(({ entry }) => items.find((item) => item['entry'] === entry));
      const decided = decision && toDecision(decision);
      const isKnown = decided !== undefined && decided.decidedAt + decisionSeconds * 1000 > now;
      return {
        ...(report && { report: toReport(report) }),
        ...(isKnown && { decision: decided }),
        isReporter: own !== undefined,
      };
    },

    async begin(report, reporter) {
      const { reportId } = report;
      return isApplied(
        db.send(
          new TransactWriteCommand({
            TransactItems: [
              {
                Put: {
                  TableName: reports,
                  Item: toReportItem(report),
                  ConditionExpression: 'attribute_not_exists(reportId)',
                },
              },
              {
                ConditionCheck: {
                  TableName: reports,
                  Key: decisionKey(reportId),
                  ConditionExpression: 'attribute_not_exists(reportId)',
                },
              },
              ...ofReporter(report, reporter),
            ],
          }),
        ),
      );
    },

    async join(report, reporter) {
      const more = {
        Update: {
          TableName: reports,
          Key: reportKey(report.reportId),
          UpdateExpression: 'ADD reporters :one, #reason :one',
          ConditionExpression: `copyId = :copy AND #state <> :ending AND reporters < :most`,
          ExpressionAttributeNames: { '#reason': reporter.reason, '#state': 'state' },
          ExpressionAttributeValues: {
            ':one': 1,
            ':copy': report.copyId,
            ':ending': 'ending',
            ':most': mostReporters,
          },
        },
      };
      const TransactItems = [more, ...ofReporter(report, reporter)];
      return isApplied(db.send(new TransactWriteCommand({ TransactItems })));
    },

    beginCopying: async (report, at) =>
      whileCopying(report, {
        UpdateExpression: 'SET copyingSince = :at',
        ExpressionAttributeValues: { ':at': at },
      }),

    endCopying: async (report, media) =>
      whileCopying(report, {
        UpdateExpression: 'SET #state = :open, media = :media REMOVE copyingSince',
        ExpressionAttributeValues: { ':open': 'open', ':media': media },
      }),
  };

  /** Who reports, in the report and among what they have for themselves. */
  function ofReporter({ reportId, conversationId, seq, expiresAt }: Report, reporter: Reporter) {
    const { userId, reason, reportedAt } = reporter;
    const said = { reason, reportedAt };
    return [
      {
        Put: {
          TableName: reports,
          Item: { ...reporterKey(reportId, userId), ...said, expiresAt: expiresAt + reportSlackSeconds },
          ConditionExpression: 'attribute_not_exists(reportId)',
        },
      },
      {
        Put: {
          TableName: personal,
          Item: { ...reportedKey(userId, reportId), conversationId, seq, ...said, expiresAt },
        },
      },
    ];
  }

  async function whileCopying(
    { reportId, copyId }: Report,
    change: {
      readonly UpdateExpression: string;
      readonly ExpressionAttributeValues: Readonly<Record<string, unknown>>;
    },
  ): Promise<boolean> {
    const update = new UpdateCommand({
      TableName: reports,
      Key: reportKey(reportId),
      UpdateExpression: change.UpdateExpression,
      ConditionExpression: 'copyId = :copy AND #state = :copying',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ...change.ExpressionAttributeValues,
        ':copy': copyId,
        ':copying': 'copying',
      },
    });
    return succeeds(db.send(update));
  }
}

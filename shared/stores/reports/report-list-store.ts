import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { type Database, QueryCommand } from '../dynamodb/database.ts';
import { queryItems } from '../dynamodb/query-items.ts';
import { withEnd } from '../dynamodb/time-to-live.ts';
import type { ReasonCounts, ReportDecision } from './report.ts';
import { type Item, reasonsIn } from './report-item.ts';

/** `held`: over, and kept by a legal hold. `decided`: what is known of a decision. */
export type ListedState = 'copying' | 'open' | 'ending' | 'held' | 'decided';

/** A report without what the message says and whose it is. */
export type ListedReport = {
  readonly reportId: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly state: ListedState;
  /** See `ReportListStore`. */
  readonly at: EpochMillis;
  readonly openedAt: EpochMillis;
  readonly expiresAt: EpochSeconds;
  readonly reporters: number;
  readonly reasons: ReasonCounts;
  readonly decision?: ReportDecision;
};

/** With what it takes to ask for a legal hold and to delete the copies. */
export type SweptReport = ListedReport & { readonly from?: string; readonly copyId?: string };

export type ListedPage = { readonly reports: readonly ListedReport[]; readonly next?: ListPlace };

/** The last that was listed. */
export type ListPlace = {
  readonly reportId: string;
  readonly entry: string;
  readonly state: ListedState;
  readonly at: number;
};

/** By the index `byState`: since when it is copying or open, when it ended or was decided, when it was last looked at. Eventually consistent. */
export type ReportListStore = {
  /** Those of a state whose time is that or an earlier one, oldest first, page by page as they are asked for. */
  until(state: ListedState, at: EpochMillis): AsyncIterable<SweptReport>;
  page(
    state: ListedState,
    wanted: { readonly limit: number; readonly newestFirst: boolean; readonly after?: ListPlace },
  ): Promise<ListedPage>;
};

export function reportListStore(db: Database, TableName: string): ReportListStore {
  return {
    async *until(state, at) {
      const items = queryItems<Item>(db, {
        TableName,
        IndexName: 'byState',
        KeyConditionExpression: '#state = :state AND #at <= :at',
        ExpressionAttributeNames: { '#state': 'state', '#at': 'at' },
        ExpressionAttributeValues: { ':state': state, ':at': at },
      });
      for await (const item of items) {
        const { from, copyId } = item as Partial<SweptReport>;
        yield {
          ...toListed(item),
          ...(from !== undefined && { from }),
          ...(copyId !== undefined && { copyId }),
        };
      }
    },

    async page(state, { limit, newestFirst, after }) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName,
          IndexName: 'byState',
          KeyConditionExpression: '#state = :state',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':state': state },
          ScanIndexForward: !newestFirst,
          Limit: limit,
          ...(after && { ExclusiveStartKey: after }),
        }),
      );
      return {
        reports: Items.map(toListed),
        ...(LastEvaluatedKey && { next: LastEvaluatedKey as ListPlace }),
      };
    },
  };
}

function toListed(item: Item): ListedReport {
  const { reportId, conversationId, seq, state, at, openedAt, reporters, decision, expiresAt } =
    withEnd<ListedReport>(item);
  return {
    ...{ reportId, conversationId, seq, state, at, openedAt, expiresAt, reporters },
    reasons: reasonsIn(item),
    ...(decision !== undefined && { decision }),
  };
}

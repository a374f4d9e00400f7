import type { ReportReason } from '../../protocol/safety/report-reasons.ts';
import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { type Database, QueryCommand } from '../dynamodb/database.ts';

/** What somebody has reported, among what they have for themselves: it goes with the report. */
export type Reported = {
  readonly reportId: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly reason: ReportReason;
  readonly reportedAt: EpochMillis;
  readonly expiresAt: EpochSeconds;
};

export type ReportedStore = {
  /** A page in the order of their ids, from behind that one; strongly consistent. */
  list(userId: string, limit: number, after?: string): Promise<ReportedPage>;
};

export type ReportedPage = { readonly reported: readonly Reported[]; readonly next?: string };

const prefix = 'report#';
/** Behind every entry that begins so. */
const end = 'report$';

export const reportedKey = (userId: string, reportId: string) => ({ userId, entry: `${prefix}${reportId}` });

/** Of a row of theirs that says what they have reported. */
export function reportIdIn(entry: string): string | undefined {
  return entry.startsWith(prefix) ? entry.slice(prefix.length) : undefined;
}

export function reportedStore(db: Database, TableName: string): ReportedStore {
  return {
    async list(userId, limit, after) {
      // No id begins where the one that is named ends: a space is in none, and sorts before all that may be.
      const from = after === undefined ? prefix : `${prefix}${after} `;
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'userId = :userId AND entry BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':userId': userId, ':from': from, ':to': end },
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      const reported = Items.map(
        ({ userId: _user, entry, ...row }) =>
          ({ ...row, reportId: String(entry).slice(prefix.length) }) as Reported,
      );
      const last = reported.at(-1)?.reportId;
      return { reported, ...(LastEvaluatedKey !== undefined && last !== undefined && { next: last }) };
    },
  };
}

import type { HoldTarget } from '../privacy/holds.ts';

/** A table whose rows are what an app's own systems may be told of. */
export type FactTable = 'messages' | 'changes' | 'consents' | 'reports' | 'privacy';

/** What a stream with nothing but keys says of one write. */
export type RowChange = {
  readonly table: FactTable;
  readonly change: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly keys: Readonly<Record<string, string | number>>;
  /** Its place in the stream: the same however often it is delivered. */
  readonly sequenceNumber: string;
};

/** What has happened, by the key of the row that says so. */
export type Fact =
  | { readonly of: 'message'; readonly conversationId: string; readonly seq: number }
  | { readonly of: 'change'; readonly conversationId: string; readonly rev: number }
  | { readonly of: 'consent'; readonly userId: string; readonly entry: number }
  | { readonly of: 'report'; readonly reportId: string }
  | { readonly of: 'decision'; readonly reportId: string }
  | { readonly of: 'receipt'; readonly userId: string; readonly requestId: string }
  | { readonly of: 'export'; readonly userId: string }
  | { readonly of: 'hold'; readonly isPlaced: boolean; readonly target: HoldTarget };

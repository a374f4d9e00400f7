import type { Mark } from '../conversations/mark.ts';

/** How far a member of a large group has come is to be told to those who wrote it. */
export type ReadReceiptJob = {
  readonly conversationId: string;
  readonly reader: string;
  /** Absent: what they have read. */
  readonly mark?: Exclude<Mark, 'read'>;
};

/** How far a member has come in a conversation: what they have read, or what has come to a device of theirs. */
export type Mark = 'read' | 'delivered';

/** The attributes of a member's row for each: the place, and of a large group when the authors are told of it. */
export const markAttributes = {
  read: { seq: 'readSeq', toldSeq: 'receiptSeq', nextAt: 'receiptAt', planned: 'receiptPlanned' },
  delivered: {
    seq: 'deliveredSeq',
    toldSeq: 'deliveryReceiptSeq',
    nextAt: 'deliveryReceiptAt',
    planned: 'deliveryReceiptPlanned',
  },
} as const satisfies Readonly<Record<Mark, Readonly<Record<string, string>>>>;

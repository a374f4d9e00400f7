/** With this word the partition of a user's receipts begins, and no other of the privacy table. */
export const receiptPartitions = 'receipts';

/** How far a member of a large group has read is to be told to those who wrote it. */
export type ReadReceiptJob = { readonly conversationId: string; readonly reader: string };

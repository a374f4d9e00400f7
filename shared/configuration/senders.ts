import * as z from 'zod/mini';

/** One of the operator's own senders, as people see it, and how fast it may write. */
export const senderSchema = z.strictObject({
  nickname: z.string(),
  avatarUrl: z.exactOptional(z.string()),
  messagesPerSecond: z.number(),
});

/** By the names that follow `bot:` in their ids. */
export const sendersSchema = z.record(z.string(), senderSchema);

export type Senders = z.infer<typeof sendersSchema>;

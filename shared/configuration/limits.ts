import * as z from 'zod';

const positive = z.number().int().positive();
const mediaBytes = positive.max(100_000_000);

/** What a client may rely on; `hello` tells them. Bytes are UTF-8 bytes of JSON. */
export const limitsSchema = z.strictObject({
  /** API Gateway closes the socket (1009) beyond 32 KB in one frame. */
  frameBytes: positive.max(32_768).default(32_768),
  /** Leaves room for the envelope of a push, which must fit one 32 KB frame too. */
  textBytes: positive.max(28_000).default(16_384),
  titleBytes: positive.max(1_024).default(256),
  groupMembers: positive.max(256).default(100),
  historyPage: positive.max(100).default(100),
  conversationsPage: positive.max(100).default(50),
  /** Media is held in memory while it is looked at. */
  imageBytes: mediaBytes.default(20_000_000),
  audioBytes: mediaBytes.default(20_000_000),
  videoBytes: mediaBytes.default(100_000_000),
  fileBytes: mediaBytes.default(100_000_000),
  messagesPerSecond: positive.default(20),
  messagesBurst: positive.default(200),
});

export type Limits = z.infer<typeof limitsSchema>;

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
  /** Open sockets: the oldest ends when there are more. */
  connectionsPerUser: positive.max(100).default(10),
  /** Each of what follows is counted for every user: `Burst` at once, and so many come back. */
  messagesPerSecond: positive.default(20),
  messagesBurst: positive.default(200),
  /** `typing` and `read`: either becomes a push to everybody. */
  signalsPerSecond: positive.default(20),
  signalsBurst: positive.default(500),
  /** What `upload` announces. */
  uploadBytesPerSecond: positive.default(1_000_000),
  uploadBytesBurst: positive.default(2_000_000_000),
  /** People named by `open`, a row each. */
  openMembersPerSecond: positive.default(1),
  openMembersBurst: positive.default(1_000),
  readsPerSecond: positive.default(100),
  readsBurst: positive.default(20_000),
  /** Ids asked for by `profile`. */
  profileReadsPerSecond: positive.default(20),
  profileReadsBurst: positive.default(20_000),
  erasuresPerMinute: positive.default(10),
  erasuresBurst: positive.default(200),
  exportsPerMinute: positive.default(10),
  exportsBurst: positive.default(100),
  consentsPerMinute: positive.default(10),
  consentsBurst: positive.default(100),
  failedFramesPerSecond: positive.default(20),
  failedFramesBurst: positive.default(1_000),
});

export type Limits = z.infer<typeof limitsSchema>;

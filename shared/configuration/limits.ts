import * as z from 'zod/mini';

const positive = z.int().check(z.positive());
const atMost = (most: number, usual: number) => z._default(positive.check(z.maximum(most)), usual);
const usually = (usual: number) => z._default(positive, usual);
const mediaBytes = (usual: number) => atMost(100_000_000, usual);

/** What a client may rely on; `hello` tells them. Bytes are UTF-8 bytes of JSON. */
export const limitsSchema = z.strictObject({
  /** API Gateway closes the socket (1009) beyond 32 KB in one frame. */
  frameBytes: atMost(32_768, 32_768),
  /** Leaves room for the envelope of a push, which must fit one 32 KB frame too. */
  textBytes: atMost(28_000, 16_384),
  /** Of custom content its kind and data together. */
  customBytes: atMost(8_192, 8_192),
  titleBytes: atMost(1_024, 256),
  groupMembers: atMost(1_000, 100),
  historyPage: atMost(100, 100),
  conversationsPage: atMost(100, 50),
  /** Media is held in memory while it is looked at. */
  imageBytes: mediaBytes(20_000_000),
  audioBytes: mediaBytes(20_000_000),
  videoBytes: mediaBytes(100_000_000),
  fileBytes: mediaBytes(100_000_000),
  /** Open sockets: the oldest ends when there are more. */
  connectionsPerUser: atMost(100, 10),
  /** Each of what follows is counted for every user: `Burst` at once, and so many come back. */
  messagesPerSecond: usually(20),
  messagesBurst: usually(200),
  /** `react`. */
  reactionsPerSecond: usually(5),
  reactionsBurst: usually(100),
  /** `typing` and `read`: either becomes a push to everybody. */
  signalsPerSecond: usually(20),
  signalsBurst: usually(500),
  /** What `upload` announces. */
  uploadBytesPerSecond: usually(1_000_000),
  uploadBytesBurst: usually(2_000_000_000),
  /** People named by `open`, a row each. */
  openMembersPerSecond: usually(1),
  openMembersBurst: usually(1_000),
  /** People whom `members` adds, and everything else that it changes. */
  membersAddedPerSecond: usually(1),
  membersAddedBurst: usually(1_000),
  /** Rooms that one connection watches at a time. */
  watchedRooms: atMost(100, 20),
  /** `watch` and `unwatch`. */
  watchesPerSecond: usually(2),
  watchesBurst: usually(1_000),
  readsPerSecond: usually(100),
  readsBurst: usually(20_000),
  /** `search`, each of which may read a thousand messages. */
  searchesPerSecond: usually(2),
  searchesBurst: usually(60),
  /** Ids asked for by `profile`. */
  profileReadsPerSecond: usually(20),
  profileReadsBurst: usually(20_000),
  erasuresPerMinute: usually(10),
  erasuresBurst: usually(200),
  exportsPerMinute: usually(10),
  exportsBurst: usually(100),
  consentsPerMinute: usually(10),
  consentsBurst: usually(100),
  /** People whom one user may block. */
  blocks: atMost(1_000, 1_000),
  blocksPerMinute: usually(30),
  blocksBurst: usually(1_000),
  /** Reports of one user on which no moderator has decided yet. */
  openReports: atMost(1_000, 100),
  reportsPerMinute: usually(10),
  reportsBurst: usually(50),
  failedFramesPerSecond: usually(20),
  failedFramesBurst: usually(1_000),
});

export type Limits = z.infer<typeof limitsSchema>;

import { randomUUID } from 'node:crypto';
import middy from '@middy/core';
import * as z from 'zod/mini';
import { compose } from '../../shared/composition/compose.ts';
import { pushing, roomJobs } from '../../shared/composition/gateways.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { callbacksPerSecond, log, pause } from '../../shared/composition/settings.ts';
import { exactMessages, roomCursors, roomLog, watches } from '../../shared/composition/stores.ts';
import { carryOutRoomJobs } from '../../shared/rooms/carry-out-room-jobs.ts';
import { epochMillis } from '../../shared/time.ts';

const { log: logger, ...deps } = compose({
  ...pushing,
  log,
  messages: roomLog,
  exactMessages,
  cursors: roomCursors,
  watches,
  jobs: roomJobs,
  retention: messageRetention,
  callbacksPerSecond,
  pause,
});
const ids = z.exactOptional(z.array(z.string()));
const numbers = z.exactOptional(z.array(z.number()));
const roomJob = z.object({
  ...{ conversationId: z.string(), shards: z.number(), from: z.number(), to: z.number() },
  ...{ behind: ids, erased: numbers },
  ...{ rev: z.exactOptional(z.number()), changed: z.exactOptional(z.number()) },
  ...{ pinned: z.exactOptional(z.number()), reacted: z.exactOptional(z.number()) },
});

/** Half of what is left when a lease has run out once: the rest is for the posts that are under way. */
const marginMillis = 25_000;

type QueueEvent = { readonly Records: readonly { readonly messageId: string; readonly body: string }[] };

/** What fails stays in the queue, which gives it up to the dead-letter queue: ids, either way. */
export const handler = middy<QueueEvent>().handler(async ({ Records }, context) => {
  const endBy = epochMillis(deps.now() + context.getRemainingTimeInMillis() - marginMillis);
  const isOver = () => deps.now() >= endBy;
  const jobs = Records.map(({ messageId, body }) => ({ messageId, job: roomJob.parse(JSON.parse(body)) }));
  const failed = await carryOutRoomJobs(
    { ...deps, log: deps.messages, randomId: randomUUID, isOver },
    jobs,
    (errorName) => logger.error('telling a room failed', { errorName }),
  );
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
});

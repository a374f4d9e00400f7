import { setTimeout } from 'node:timers/promises';
import middy from '@middy/core';
import { purgeExpired } from '../../shared/retention/purge-expired.ts';
import { documentClient, objectClient } from '../../shared/runtime/aws-clients.ts';
import { errorName } from '../../shared/runtime/error-name.ts';
import { logger } from '../../shared/runtime/logger.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { purgeIndexStore } from '../../shared/stores/conversations/purge-index-store.ts';
import { mediaObjectStore } from '../../shared/stores/media/media-object-store.ts';
import { mediaStore } from '../../shared/stores/media/media-store.ts';
import { removeMedia } from '../../shared/stores/media/remove-media.ts';
import { messageDeletion } from '../../shared/stores/messages/message-deletion-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { purgeRunStore } from '../../shared/stores/privacy/purge-run-store.ts';
import { epochMillis, systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'messageTable',
  'sendTable',
  'conversationTable',
  'privacyTable',
  'metricNamespace',
  'mediaTable',
  'mediaBucket',
  'messageRetentionSeconds',
);
const db = documentClient();
const log = logger();
const measured = metrics(env.metricNamespace);
const tables = { messages: env.messageTable, sends: env.sendTable };
const media = removeMedia({
  objects: mediaObjectStore(objectClient(), env.mediaBucket),
  media: mediaStore(db, env.mediaTable),
});
const deps = {
  index: purgeIndexStore(db, env.conversationTable),
  messages: {
    ...messageStore(db, tables.messages),
    ...messageDeletion(db, tables, media, async (attempt) => setTimeout(Math.random() * 25 * 2 ** attempt)),
  },
  conversations: conversationStore(db, env.conversationTable),
  runs: purgeRunStore(db, env.privacyTable),
  holds: holdStore(db, env.privacyTable),
  retentionSeconds: env.messageRetentionSeconds,
  now: systemClock,
  onFailure: (error: unknown) => log.error('purge failed', { errorName: errorName(error) }),
};

/** What the last batch, the record and the metric need before the function is cut off. */
const marginMillis = 20_000;

export const handler = middy().handler(async (_event, context) => {
  const endBy = epochMillis(systemClock() + context.getRemainingTimeInMillis() - marginMillis);
  const run = await purgeExpired({ ...deps, endBy });
  if (run === undefined) return;
  measured.put({
    OldestExpiredItemAge: run.oldestExpiredItemAge,
    PurgedMessages: run.messagesDeleted,
    PurgeFailures: run.failures,
  });
});

import middy from '@middy/core';
import { sweepUploads } from '../../shared/media/sweep-uploads.ts';
import { documentClient, objectClient } from '../../shared/runtime/aws-clients.ts';
import { errorName } from '../../shared/runtime/error-name.ts';
import { logger } from '../../shared/runtime/logger.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { mediaObjectStore } from '../../shared/stores/media/media-object-store.ts';
import { mediaStore } from '../../shared/stores/media/media-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment('mediaTable', 'mediaBucket', 'messageTable', 'privacyTable', 'metricNamespace');
const db = documentClient();
const log = logger();
const measured = metrics(env.metricNamespace);
const deps = {
  media: mediaStore(db, env.mediaTable),
  objects: mediaObjectStore(objectClient(), env.mediaBucket),
  messages: messageStore(db, env.messageTable),
  holds: holdStore(db, env.privacyTable),
  now: systemClock,
  onFailure: (error: unknown) => log.error('upload sweep failed', { errorName: errorName(error) }),
};

/** What the last upload and the metric need before the function is cut off. */
const marginMillis = 10_000;

export const handler = middy().handler(async (_event, context) => {
  const isOver = () => context.getRemainingTimeInMillis() < marginMillis;
  const { deleted, failures } = await sweepUploads({ ...deps, isOver });
  measured.put({ UnsentUploadsDeleted: deleted, UploadSweepFailures: failures });
});

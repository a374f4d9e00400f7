import middy from '@middy/core';
import { documentClient, objectClient } from '../../shared/runtime/aws-clients.ts';
import { errorName } from '../../shared/runtime/error-name.ts';
import { logger } from '../../shared/runtime/logger.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { handoverStore } from '../../shared/stores/handovers/handover-store.ts';
import { mediaObjectStore } from '../../shared/stores/media/media-object-store.ts';
import { mediaStore } from '../../shared/stores/media/media-store.ts';
import { removeMedia } from '../../shared/stores/media/remove-media.ts';
import { systemClock } from '../../shared/time.ts';
import { sweepHandovers } from '../../shared/transient/sweep-handovers.ts';

const env = readEnvironment(
  'mediaTable',
  'mediaBucket',
  'handoverTable',
  'connectionTable',
  'metricNamespace',
);
const db = documentClient();
const log = logger();
const measured = metrics(env.metricNamespace);
const media = mediaStore(db, env.mediaTable);
const objects = mediaObjectStore(objectClient(), env.mediaBucket);
const deps = {
  handovers: handoverStore(db, env.handoverTable),
  connections: connectionStore(db, env.connectionTable),
  media,
  objects,
  removeMedia: removeMedia({ objects, media }),
  now: systemClock,
  onFailure: (error: unknown) => log.error('handover sweep failed', { errorName: errorName(error) }),
};

/** What the last deletion and the metric need before the function is cut off. */
const marginMillis = 10_000;

export const handler = middy().handler(async (_event, context) => {
  const isOver = () => context.getRemainingTimeInMillis() < marginMillis;
  const { ended, unsent, failures } = await sweepHandovers({ ...deps, isOver });
  measured.put({ HandoversEnded: ended, UnsentUploadsDeleted: unsent, UploadSweepFailures: failures });
});

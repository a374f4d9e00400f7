import middy from '@middy/core';
import { documentClient, objectClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { errorName } from '../../shared/runtime/error-name.ts';
import { logger } from '../../shared/runtime/logger.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { handoverStore } from '../../shared/stores/handovers/handover-store.ts';
import { mediaObjectStore } from '../../shared/stores/media/media-object-store.ts';
import { mediaStore } from '../../shared/stores/media/media-store.ts';
import { removeMedia } from '../../shared/stores/media/remove-media.ts';
import { systemClock } from '../../shared/time.ts';
import { sweepHandovers } from '../../shared/transient/sweep-handovers.ts';

const env = readEnv('MEDIA_TABLE', 'MEDIA_BUCKET', 'HANDOVER_TABLE', 'CONNECTION_TABLE', 'METRIC_NAMESPACE');
const db = documentClient();
const log = logger();
const measured = metrics(env.METRIC_NAMESPACE);
const media = mediaStore(db, env.MEDIA_TABLE);
const objects = mediaObjectStore(objectClient(), env.MEDIA_BUCKET);
const deps = {
  handovers: handoverStore(db, env.HANDOVER_TABLE),
  connections: connectionStore(db, env.CONNECTION_TABLE),
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

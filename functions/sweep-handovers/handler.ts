import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { log, metrics, now } from '../../shared/composition/settings.ts';
import {
  connectionRows,
  handovers,
  media,
  mediaObjects,
  removeMedia,
} from '../../shared/composition/stores.ts';
import { errorName } from '../../shared/runtime/error-name.ts';
import { sweepHandovers } from '../../shared/transient/sweep-handovers.ts';

const parts = compose({
  handovers,
  connections: connectionRows,
  media,
  objects: mediaObjects,
  removeMedia,
  metrics,
  log,
  now,
});
const deps = {
  ...parts,
  onFailure: (error: unknown) => parts.log.error('handover sweep failed', { errorName: errorName(error) }),
};

/** What the last deletion and the metric need before the function is cut off. */
const marginMillis = 10_000;

export const handler = middy().handler(async (_event, context) => {
  const isOver = () => context.getRemainingTimeInMillis() < marginMillis;
  const { ended, unsent, failures } = await sweepHandovers({ ...deps, isOver });
  deps.metrics.put({ HandoversEnded: ended, UnsentUploadsDeleted: unsent, UploadSweepFailures: failures });
});

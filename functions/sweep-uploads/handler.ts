import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { log, metrics, now, purgeBoundSeconds } from '../../shared/composition/settings.ts';
import {
  heldMedia,
  holds,
  media,
  mediaObjects,
  messages,
  removeMedia,
} from '../../shared/composition/stores.ts';
import { sweepUploads } from '../../shared/media/sweep-uploads.ts';
import type { Environment } from '../../shared/runtime/environment.ts';
import { errorName } from '../../shared/runtime/error-name.ts';

/** Where there is no sweeper of messages, media goes by this one alone. */
const boundSeconds = (environment: Environment) => purgeBoundSeconds(environment) ?? 0;
const parts = compose({
  ...{ media, objects: mediaObjects, holdMedia: heldMedia, removeMedia, messages, holds },
  ...{ metrics, log, now, boundSeconds },
});
const deps = {
  ...parts,
  onFailure: (error: unknown) => parts.log.error('upload sweep failed', { errorName: errorName(error) }),
};

/** What the last upload and the metric need before the function is cut off. */
const marginMillis = 10_000;

export const handler = middy().handler(async (_event, context) => {
  const isOver = () => context.getRemainingTimeInMillis() < marginMillis;
  const { deleted, failures, lateSeconds, overdueSeconds } = await sweepUploads({ ...deps, isOver });
  deps.metrics.put({
    UnsentUploadsDeleted: deleted,
    UploadSweepFailures: failures,
    OldestOverdueUploadAge: overdueSeconds,
    // Beside the sweeper of messages, which knows nothing of media whose message is gone.
    ...(lateSeconds > 0 && { OldestExpiredItemAge: lateSeconds }),
  });
});

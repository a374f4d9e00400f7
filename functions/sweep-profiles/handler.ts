import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { profileRetention } from '../../shared/composition/retention.ts';
import { log, metrics } from '../../shared/composition/settings.ts';
import { holds, sweptProfiles } from '../../shared/composition/stores.ts';
import { sweepProfiles } from '../../shared/retention/sweep-profiles.ts';
import { errorName } from '../../shared/runtime/error-name.ts';

const parts = compose({ rows: sweptProfiles, holds, retention: profileRetention, metrics, log });
const deps = {
  ...parts,
  onFailure: (error: unknown) => parts.log.error('profile sweep failed', { errorName: errorName(error) }),
};

/** What the last group and the metric need before the function is cut off. */
const marginMillis = 10_000;

export const handler = middy().handler(async (_event, context) => {
  const isOver = () => context.getRemainingTimeInMillis() < marginMillis;
  const { deleted, failures, lateSeconds } = await sweepProfiles({ ...deps, isOver });
  deps.metrics.put({
    OldestExpiredProfileAge: lateSeconds,
    PurgedProfiles: deleted,
    PurgeFailures: failures,
    // Beside the sweeper of messages, which knows nothing of profiles.
    ...(lateSeconds > 0 && { OldestExpiredItemAge: lateSeconds }),
  });
});

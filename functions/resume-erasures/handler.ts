import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { erasureQueue } from '../../shared/composition/gateways.ts';
import { metrics, now } from '../../shared/composition/settings.ts';
import { erasureRequests, holds, laps, lateLooks } from '../../shared/composition/stores.ts';
import { resumeErasures } from '../../shared/erasure/resume-erasures.ts';

const deps = compose({
  requests: erasureRequests,
  holds,
  looks: lateLooks,
  laps,
  queue: erasureQueue,
  metrics,
  now,
});

/** What the last call needs before the function is cut off. */
const marginMillis = 10_000;

export const handler = middy().handler(async (_event, context) => {
  const isOver = () => context.getRemainingTimeInMillis() < marginMillis;
  const { oldest, oldestOfAll } = await resumeErasures({ ...deps, isOver });
  deps.metrics.put({ OldestOpenErasureAge: oldest, OldestErasureRequestAge: oldestOfAll });
});

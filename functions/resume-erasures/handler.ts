import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { erasureQueue } from '../../shared/composition/gateways.ts';
import { metrics, now } from '../../shared/composition/settings.ts';
import { erasureRequests, holds, lateLooks, memberships } from '../../shared/composition/stores.ts';
import { resumeErasures } from '../../shared/erasure/resume-erasures.ts';

const deps = compose({
  requests: erasureRequests,
  holds,
  looks: lateLooks,
  conversations: memberships,
  queue: erasureQueue,
  metrics,
  now,
});

export const handler = middy().handler(async () => {
  const { oldest, oldestOfAll } = await resumeErasures(deps);
  deps.metrics.put({ OldestOpenErasureAge: oldest, OldestErasureRequestAge: oldestOfAll });
});

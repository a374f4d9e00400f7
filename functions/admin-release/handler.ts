import { compose } from '../../shared/composition/compose.ts';
import { erasureQueue, holdQueue } from '../../shared/composition/gateways.ts';
import { now, stored } from '../../shared/composition/settings.ts';
import { erasureRequests, holds } from '../../shared/composition/stores.ts';
import { resumeErasures } from '../../shared/erasure/resume-erasures.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { holdTarget } from '../../shared/holds/hold-target.ts';
import { setHold } from '../../shared/holds/set-hold.ts';
import { holdKey } from '../../shared/stores/privacy/privacy-keys.ts';

const deps = compose({
  holds,
  requests: erasureRequests,
  queue: erasureQueue,
  work: holdQueue,
  stored,
  now,
});

/** The function may run for a minute. */
const patienceMillis = 30_000;

export const handler = operatorHandler(
  { command: 'release', schema: holdTarget, subject: (target) => holdKey(target).at },
  async (target) => {
    const report = await setHold(deps, target, 'releasing');
    // At once; the schedule comes to what does not fit in.
    const endBy = deps.now() + patienceMillis;
    await resumeErasures({ ...deps, isOver: () => deps.now() >= endBy });
    return report;
  },
);

import { compose } from '../../shared/composition/compose.ts';
import { erasureQueue, holdQueue } from '../../shared/composition/gateways.ts';
import { now, stored } from '../../shared/composition/settings.ts';
import { erasureRequests, holds, memberships } from '../../shared/composition/stores.ts';
import { resumeErasures } from '../../shared/erasure/resume-erasures.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { holdTarget } from '../../shared/holds/hold-target.ts';
import { setHold } from '../../shared/holds/set-hold.ts';
import { holdKey } from '../../shared/stores/privacy/privacy-keys.ts';

const deps = compose({
  holds,
  requests: erasureRequests,
  conversations: memberships,
  queue: erasureQueue,
  work: holdQueue,
  stored,
  now,
});

export const handler = operatorHandler(
  { command: 'release', schema: holdTarget, subject: (target) => holdKey(target).at },
  async (target) => {
    const report = await setHold(deps, target, 'releasing');
    // At once; the schedule would come to it too.
    await resumeErasures(deps);
    return report;
  },
);

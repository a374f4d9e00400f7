import { titleParts } from '../../shared/composition/changing-titles.ts';
import { compose } from '../../shared/composition/compose.ts';
import { rates } from '../../shared/composition/rates.ts';
import { policy } from '../../shared/composition/settings.ts';
import { consent } from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { announceTitle } from '../../shared/members/announce-title.ts';
import { changeTitle } from '../../shared/members/change-title.ts';
import { titleFrame } from '../../shared/protocol/conversations/frames.ts';

const parts = compose({ ...titleParts, policy, rates, consent });
const deps = { ...parts, announce: announceTitle(parts) };

export const handler = frameHandler(
  { schema: titleFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async (frame, { identity: { userId } }) => {
    const flagged = deps.guard.check(frame.title === null ? [] : [frame.title]);
    const result = await changeTitle(deps, userId, frame);
    return { ...result, ...(flagged && { flagged: true as const }) };
  },
);

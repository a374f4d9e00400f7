import { changingMembers, memberParts } from '../../shared/composition/changing-members.ts';
import { compose } from '../../shared/composition/compose.ts';
import { rates } from '../../shared/composition/rates.ts';
import { admit } from '../../shared/composition/reach.ts';
import { policy } from '../../shared/composition/settings.ts';
import { consent } from '../../shared/composition/stores.ts';
import { listMembers } from '../../shared/conversations/list-members.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { changeMembers } from '../../shared/members/change-members.ts';
import { membersFrame } from '../../shared/protocol/conversations/frames.ts';

const parts = compose({ ...memberParts, admit, policy, rates, consent });
const deps = { ...parts, ...changingMembers(parts) };

export const handler = frameHandler(
  {
    schema: membersFrame,
    policy: deps.policy,
    rates: deps.rates,
    consent: deps.consent,
    readsMeanwhile: true,
  },
  async (frame, { identity, connectionId, consented }) => {
    const { userId } = identity;
    const { add, remove, leave, role, close } = frame;
    if ([add, remove, leave, role, close].every((act) => act === undefined))
      return listMembers({ ...deps, consented }, userId, frame);
    await consented;
    return changeMembers(deps, { ...identity, connectionId }, frame);
  },
);

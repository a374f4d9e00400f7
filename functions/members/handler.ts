import { compose, merged } from '../../shared/composition/compose.ts';
import { rates } from '../../shared/composition/rates.ts';
import { policy } from '../../shared/composition/settings.ts';
import { consent, conversationRows, conversations } from '../../shared/composition/stores.ts';
import { listMembers } from '../../shared/conversations/list-members.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { membersFrame } from '../../shared/protocol/conversations/frames.ts';

const deps = compose({ conversations: merged(conversations, conversationRows), policy, rates, consent });

export const handler = frameHandler(
  {
    schema: membersFrame,
    policy: deps.policy,
    rates: deps.rates,
    consent: deps.consent,
    readsMeanwhile: true,
  },
  async (frame, { identity, consented }) => listMembers({ ...deps, consented }, identity.userId, frame),
);

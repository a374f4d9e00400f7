import { compose, together } from '../../shared/composition/compose.ts';
import { guard } from '../../shared/composition/guard.ts';
import { ifProfilesStored } from '../../shared/composition/modes.ts';
import { rates } from '../../shared/composition/rates.ts';
import { profileRetention } from '../../shared/composition/retention.ts';
import { senders } from '../../shared/composition/senders.ts';
import { now, policy, profileRetentionSeconds } from '../../shared/composition/settings.ts';
import { blocks, consent, contacts, holds, writtenProfiles } from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { answerProfile } from '../../shared/profiles/answer-profile.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { profileFrame } from '../../shared/protocol/profile/frames.ts';

const stored = together({
  profiles: writtenProfiles,
  holds,
  blocks,
  contactsAmong: contacts,
  senders,
  guard,
  retentionSeconds: profileRetentionSeconds,
  retention: profileRetention,
  now,
});
const deps = compose({ policy, rates, consent, stored: ifProfilesStored(stored) });

export const handler = frameHandler(
  { schema: profileFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async (frame, { identity }) => {
    if (deps.stored === undefined) throw new ProtocolError('NOT_STORED');
    return answerProfile(deps.stored, identity.userId, frame);
  },
);

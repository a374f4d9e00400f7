import { admission } from '../../shared/composition/admission.ts';
import { compose } from '../../shared/composition/compose.ts';
import { listing } from '../../shared/composition/listing.ts';
import { keptProfiles } from '../../shared/composition/profiles.ts';
import { rates } from '../../shared/composition/rates.ts';
import { policy, policyUrl, service } from '../../shared/composition/settings.ts';
import { blocks, consent } from '../../shared/composition/stores.ts';
import { listConversations } from '../../shared/conversations/list-conversations.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { admitWaiting } from '../../shared/members/admit-waiting.ts';
import { keepProfile } from '../../shared/profiles/keep-profile.ts';
import { helloFrame } from '../../shared/protocol/session/frames.ts';
import type { HelloResult } from '../../shared/protocol/session/table.ts';
import { stayLive } from '../../shared/push/stay-live.ts';
import { firstBlocked } from '../../shared/safety/first-blocked.ts';
import type { LiveGroup } from '../../shared/stores/live/live-shard.ts';

const deps = compose({
  ...listing,
  consent,
  admission,
  blocks,
  kept: keptProfiles,
  service,
  policy,
  rates,
  policyUrl,
});

export const handler = frameHandler(
  { schema: helloFrame, policy: deps.policy, rates: deps.rates, consent: 'not needed' },
  async (frame, { identity, connectionId }) => {
    const { userId, consented } = identity;
    const { cursors = {} } = frame;
    const state = await deps.consent(userId);
    const isIn = consented && state === 'granted';
    const staying = async (groups: readonly LiveGroup[]) => stayLive(deps, { userId, connectionId }, groups);
    if (isIn) await admitWaiting(deps.admission, userId);
    const [conversations, blocked] = await Promise.all([
      isIn ? listConversations({ ...deps, stayLive: staying }, userId, { cursors }) : {},
      isIn ? firstBlocked(deps.blocks, userId) : {},
      isIn && deps.kept !== undefined && keepProfile(deps.kept, userId),
    ]);
    const result: HelloResult = {
      userId,
      consent: {
        state,
        policyVersion: deps.policy.version,
        ...(deps.policyUrl !== '' && { policyUrl: deps.policyUrl }),
      },
      ...deps.service,
      ...conversations,
      ...blocked,
    };
    return result;
  },
);

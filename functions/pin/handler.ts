import { compose, merged, together } from '../../shared/composition/compose.ts';
import { crowd } from '../../shared/composition/crowd.ts';
import { pushing, roomJobs } from '../../shared/composition/gateways.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { rates } from '../../shared/composition/rates.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { pinsInGroups, policy, retentionSeconds } from '../../shared/composition/settings.ts';
import {
  changes,
  consent,
  conversations,
  exactMessages,
  lastRevs,
  messageChanges,
  pins,
  readableRows,
} from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { tellPinned } from '../../shared/pins/announce-pinned.ts';
import { pinMessage } from '../../shared/pins/pin-message.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { pinFrame } from '../../shared/protocol/pins/frames.ts';
import { mostPins } from '../../shared/protocol/pins/pin-limits.ts';

const { stored, ...parts } = compose({
  policy,
  rates,
  consent,
  stored: ifMessagesStored(
    together({
      ...pushing,
      messages: exactMessages,
      conversations: merged(conversations, readableRows),
      ...{ messageChanges, changes, lastRevs, pins, crowd, roomJobs },
      ...{ pinsInGroups, retentionSeconds },
      retention: messageRetention,
    }),
  ),
});
const deps = stored && { ...stored, mostPins, tell: tellPinned(stored) };

export const handler = frameHandler(
  { schema: pinFrame, policy: parts.policy, rates: parts.rates, consent: parts.consent },
  async ({ action: _action, ...frame }, { identity: { userId } }) => {
    if (deps === undefined) throw new ProtocolError('NOT_STORED');
    return pinMessage(deps, userId, frame);
  },
);

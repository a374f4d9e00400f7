import { compose, merged, together } from '../../shared/composition/compose.ts';
import { crowd } from '../../shared/composition/crowd.ts';
import { pushing, roomJobs } from '../../shared/composition/gateways.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { rates } from '../../shared/composition/rates.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { policy, recallSeconds, retentionSeconds } from '../../shared/composition/settings.ts';
import {
  changes,
  consent,
  conversations,
  exactMessages,
  holds,
  lastRevs,
  media,
  readableRows,
  recalls,
  removeMedia,
} from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { tellChanged } from '../../shared/messages/announce-changed.ts';
import { recallMessage } from '../../shared/messages/recall-message.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { recallFrame } from '../../shared/protocol/messages/frames.ts';
import { tellChangedIn } from '../../shared/rooms/tell-changed.ts';

const parts = compose({
  policy,
  rates,
  consent,
  stored: ifMessagesStored(
    together({
      ...pushing,
      messages: exactMessages,
      conversations: merged(conversations, readableRows),
      messageChanges: recalls,
      ...{ changes, lastRevs, holds, crowd, roomJobs, media, removeMedia },
      ...{ recallSeconds, retentionSeconds },
      retention: messageRetention,
    }),
  ),
});
const { stored } = parts;
const deps = stored && {
  ...parts,
  ...stored,
  tell: tellChangedIn(stored, tellChanged(stored)),
};

export const handler = frameHandler(
  { schema: recallFrame, policy: parts.policy, rates: parts.rates, consent: parts.consent },
  async ({ action: _action, ...frame }, { identity: { userId } }) => {
    if (deps === undefined) throw new ProtocolError('NOT_STORED');
    return recallMessage(deps, userId, frame);
  },
);

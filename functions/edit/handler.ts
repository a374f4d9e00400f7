import { compose, merged, together } from '../../shared/composition/compose.ts';
import { crowd } from '../../shared/composition/crowd.ts';
import { pushing, roomJobs } from '../../shared/composition/gateways.ts';
import { guard } from '../../shared/composition/guard.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { rates } from '../../shared/composition/rates.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { review } from '../../shared/composition/review.ts';
import { editSeconds, limits, policy, retentionSeconds } from '../../shared/composition/settings.ts';
import {
  changes,
  consent,
  conversations,
  exactMessages,
  holds,
  lastRevs,
  messageChanges,
  readableRows,
} from '../../shared/composition/stores.ts';
import { textsOf } from '../../shared/content/check-content.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { tellChanged } from '../../shared/messages/announce-changed.ts';
import { editMessage } from '../../shared/messages/edit-message.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { editFrame } from '../../shared/protocol/messages/frames.ts';
import { tellChangedIn } from '../../shared/rooms/tell-changed.ts';

const parts = compose({
  policy,
  rates,
  consent,
  guard,
  stored: ifMessagesStored(
    together({
      ...pushing,
      messages: exactMessages,
      conversations: merged(conversations, readableRows),
      ...{ messageChanges, changes, lastRevs, holds, crowd, limits, roomJobs },
      ...{ editSeconds, retentionSeconds, review },
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
  { schema: editFrame, policy: parts.policy, rates: parts.rates, consent: parts.consent },
  async ({ action: _action, ...frame }, { identity: { userId } }) => {
    if (deps === undefined) throw new ProtocolError('NOT_STORED');
    const flagged = deps.guard.check(textsOf(frame.content));
    const result = await editMessage(deps, userId, frame);
    return { ...result, ...(flagged && { flagged: true as const }) };
  },
);

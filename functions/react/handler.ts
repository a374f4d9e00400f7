import { compose, merged, together } from '../../shared/composition/compose.ts';
import { crowd } from '../../shared/composition/crowd.ts';
import { pushing, reactedJobs, roomJobs } from '../../shared/composition/gateways.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { rates } from '../../shared/composition/rates.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { policy } from '../../shared/composition/settings.ts';
import {
  changes,
  consent,
  conversationEnds,
  conversations,
  lastRevs,
  reactions,
  readableRows,
} from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { reactFrame } from '../../shared/protocol/reactions/frames.ts';
import { announceReactions } from '../../shared/reactions/announce-reactions.ts';
import { react } from '../../shared/reactions/react.ts';

const deps = compose({
  policy,
  rates,
  consent,
  stored: ifMessagesStored(
    together({
      ...pushing,
      conversations: merged(merged(conversations, readableRows), conversationEnds),
      revs: lastRevs,
      changes,
      reactions,
      reactedJobs,
      roomJobs,
      retention: messageRetention,
      crowd,
    }),
  ),
});
const stored = deps.stored && { ...deps.stored, announce: announceReactions(deps.stored) };

export const handler = frameHandler(
  {
    schema: reactFrame,
    policy: deps.policy,
    rates: deps.rates,
    consent: deps.consent,
    readsMeanwhile: true,
  },
  async (frame, { identity: { userId }, connectionId, consented }) => {
    if (stored === undefined) throw new ProtocolError('NOT_STORED');
    return react({ ...stored, consented }, { userId, connectionId }, frame);
  },
);

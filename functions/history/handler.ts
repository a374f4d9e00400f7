import { compose, merged, together } from '../../shared/composition/compose.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { rates } from '../../shared/composition/rates.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { limits, now, policy } from '../../shared/composition/settings.ts';
import {
  consent,
  conversationEnds,
  messages,
  ownReactions,
  readableRows,
} from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { readHistory } from '../../shared/messages/read-history.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { historyFrame } from '../../shared/protocol/messages/frames.ts';
import { markOwn } from '../../shared/reactions/mark-own.ts';

const deps = compose({
  policy,
  rates,
  consent,
  stored: ifMessagesStored(
    together({
      messages,
      own: ownReactions,
      conversations: merged(readableRows, conversationEnds),
      limits,
      retention: messageRetention,
      now,
    }),
  ),
});

export const handler = frameHandler(
  {
    schema: historyFrame,
    policy: deps.policy,
    rates: deps.rates,
    consent: deps.consent,
    readsMeanwhile: true,
  },
  async (frame, { identity, consented }) => {
    if (deps.stored === undefined) throw new ProtocolError('NOT_STORED');
    const { own, ...stored } = deps.stored;
    return readHistory({ ...stored, consented, markOwn: markOwn(own) }, identity.userId, frame);
  },
);

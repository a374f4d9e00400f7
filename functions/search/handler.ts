import { compose, together } from '../../shared/composition/compose.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { rates } from '../../shared/composition/rates.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { now, policy } from '../../shared/composition/settings.ts';
import { consent, messages, readableRows } from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { searchMessages } from '../../shared/messages/search-messages.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { searchFrame } from '../../shared/protocol/messages/frames.ts';

const deps = compose({
  policy,
  rates,
  consent,
  stored: ifMessagesStored(
    together({
      messages,
      conversations: readableRows,
      retention: messageRetention,
      now,
    }),
  ),
});

export const handler = frameHandler(
  {
    schema: searchFrame,
    policy: deps.policy,
    rates: deps.rates,
    consent: deps.consent,
    readsMeanwhile: true,
  },
  async (frame, { identity, consented }) => {
    if (deps.stored === undefined) throw new ProtocolError('NOT_STORED');
    return searchMessages({ ...deps.stored, consented }, identity.userId, frame);
  },
);
